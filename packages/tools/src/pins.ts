import type {HostPlatform} from '@mcp-release/action-kit'
import table from './pins.json' with {type: 'json'}

/** One release file of a tool for one platform. */
export interface ReleaseFile {
  readonly url: string
  /** Lower-case hex, of the file as it is downloaded. */
  readonly sha256: string
  /** The program inside the archive; without it the file is the program itself. */
  readonly member?: string
}

/** Where one version of a tool comes from. */
export interface ToolPin {
  readonly version: string
  readonly license: string
  /** The Go module, whose checksum Go's checksum database knows. */
  readonly module: string
  /** The main package inside the module. */
  readonly package: string
  /** What the linker sets in a program that Go builds, as the release build does; otherwise it would not know its version. */
  readonly goVariables: Readonly<Record<string, string>>
  /** By `os/arch`; a platform that is missing has no known checksum and is never downloaded. */
  readonly platforms: Readonly<Record<string, ReleaseFile>>
}

/** Pinned tools by name. */
export type Pins = Readonly<Record<string, ToolPin>>

/** The name of a tool that this suite pins. */
export type ToolName = keyof typeof table

/** The tools of this suite; CHECKSUMS.md names the sources of every checksum. */
export const pins: Readonly<Record<ToolName, ToolPin>> = table

/** A platform as the table writes it. */
export function platformKey(platform: HostPlatform): string {
  return `${platform.os}/${platform.arch}`
}

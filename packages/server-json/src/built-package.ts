import type {registryTypes} from './package-rules'

export type RegistryType = (typeof registryTypes)[number]

/** A thing that a release makes and that an entry of server.json may mean. */
export interface Candidate {
  readonly type: RegistryType
  /** As the ecosystem spells it; of a bundle, its file's name. */
  readonly name: string
  /** The name of the file that is released. */
  readonly file: string
}

/** What a built file says of itself, as far as server.json is concerned. */
export interface BuiltPackage extends Candidate {
  /** As the ecosystem spells it; of an image and a bundle only when it says one. */
  readonly version?: string
  /** Lower-case hex. */
  readonly sha256: string
  /** One line for readers. */
  readonly summary?: string
  /** npm refuses to publish it. */
  readonly private?: boolean
  /** Runs on some platforms only: a part of another package. */
  readonly isPart?: boolean
  readonly proof: Proof
}

/** Where the registry looks for the name of the server, to see that the package belongs to it. */
export type Proof =
  | {readonly in: 'nothing'}
  /** `mcpName` of package.json, which must be equal. */
  | {readonly in: 'package.json'; readonly name?: string}
  /** A readme that must hold `mcp-name: NAME`; crates are shown without HTML comments. */
  | {readonly in: 'readme'; readonly text: string; readonly withoutComments: boolean}
  /** A label of the image's configuration, by platform. */
  | {readonly in: 'labels'; readonly names: ReadonlyMap<string, string | undefined>}

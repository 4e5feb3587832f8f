import type {Host} from '@mcp-release/action-kit'
import type {ToolPin} from './pins'

/** The version of a program on this machine, without a leading `v`; `undefined` when it does not tell. */
export async function askVersion(path: string, pin: ToolPin, host: Host): Promise<string | undefined> {
  const answer = await host.exec([path, ...pin.versionArgs], {check: false, quiet: true})
  return versionInJson(answer.stdout, pin.versionField) ?? (await versionInBuildInfo(path, pin, host))
}

/** The version in what a tool prints about itself; programs built by `go install` often print a placeholder there. */
export function versionInJson(text: string, field: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const version =
      typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === field) : undefined
    return asVersion(version?.[1])
  } catch {
    return undefined
  }
}

/** The version of the pinned module that Go wrote into the program. */
export async function versionInBuildInfo(path: string, pin: ToolPin, host: Host): Promise<string | undefined> {
  if ((await host.which('go')) === undefined) return undefined
  const answer = await host.exec(['go', 'version', '-m', path], {check: false, quiet: true})
  const main = answer.stdout.split('\n').map(line => line.trim().split(/\s+/))
  return asVersion(main.find(([kind, module]) => kind === 'mod' && module === pin.module)?.[2])
}

function asVersion(value: unknown): string | undefined {
  return typeof value === 'string' ? /^v?(\d+\.\d+\.\d+(?:[-+][\w.+-]+)?)$/.exec(value)?.[1] : undefined
}

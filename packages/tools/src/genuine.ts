import type {Host} from '@mcp-release/action-kit'
import {type ToolPin, platformKey} from './pins'

/**
 * Why a program is not the pinned one; `undefined` when it is: the release file itself, or what Go built from the module in that
 * version. It is not started to find out, and what it would say of itself counts for nothing.
 */
export async function foreignReason(path: string, pin: ToolPin, host: Host): Promise<string | undefined> {
  const file = pin.platforms[platformKey(host.platform)]
  const sha256 = await host.files.sha256(path).catch(() => undefined)
  if (sha256 !== undefined && file?.member === undefined && sha256 === file?.sha256) return undefined
  const built = await versionInBuildInfo(path, pin, host)
  if (built === pin.version) return undefined
  if (built !== undefined) return `is version ${built}`
  return `has sha256 ${sha256 ?? 'that cannot be read'}, which is not that of the release, and was not built from ${pin.module}`
}

/** The version of the pinned module from which Go built the pinned program, as Go wrote it into it. */
export async function versionInBuildInfo(path: string, pin: ToolPin, host: Host): Promise<string | undefined> {
  if ((await host.which('go')) === undefined) return undefined
  // A go.mod of the workspace must not make Go fetch another Go.
  const env = {GOTOOLCHAIN: 'local', GOWORK: 'off', GOFLAGS: ''}
  const answer = await host.exec(['go', 'version', '-m', path], {check: false, quiet: true, env})
  const lines = answer.stdout.split('\n').map(line => line.trim().split(/\s+/))
  const says = (kind: string, value: string) => lines.find(line => line[0] === kind && line[1] === value)
  return says('path', pin.package) === undefined ? undefined : asVersion(says('mod', pin.module)?.[2])
}

function asVersion(value: unknown): string | undefined {
  return typeof value === 'string' ? /^v?(\d+\.\d+\.\d+(?:[-+][\w.+-]+)?)$/.exec(value)?.[1] : undefined
}

import {ActionError} from '@mcp-release/action-kit/errors'
import {type Platform, type PlatformSystem, platformParts} from '@mcp-release/release-model'
import type {System} from './manifest-schema'

const names: Readonly<Partial<Record<PlatformSystem, System>>> = {darwin: 'darwin', windows: 'win32', linux: 'linux'}

/** `windows` → `win32`: an operating system as manifests name it. */
export function systemOf(os: PlatformSystem): System {
  const system = names[os]
  if (system !== undefined) return system
  throw new ActionError('INPUT', `${os}: manifests of MCP bundles know no such system, only darwin, win32 and linux`, {
    hint: 'Leave its platforms out of the targets of bundles.',
  })
}

/** Whether a manifest can name the system of a platform. */
export function hasSystem(platform: Platform): boolean {
  return names[platformParts(platform)[0]] !== undefined
}

/** `windows/amd64` → `win32`. */
export function systemOfPlatform(platform: Platform): System {
  return systemOf(platformParts(platform)[0])
}

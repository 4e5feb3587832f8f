import type {Platform} from '@mcp-release/release-model'
import type {System} from './manifest-schema'

const names = {darwin: 'darwin', windows: 'win32', linux: 'linux'} as const

/** `windows` → `win32`: an operating system as manifests name it. */
export function systemOf(os: 'linux' | 'darwin' | 'windows'): System {
  return names[os]
}

/** `windows/amd64` → `win32`. */
export function systemOfPlatform(platform: Platform): System {
  return systemOf(platform.split('/')[0] as keyof typeof names)
}

import type {Bundle} from './bundle'
import {type System, systems} from './manifest-schema'
import {systemOfPlatform} from './system'

/** The systems that a bundle is for: that of its platform, else those that the manifest names, else all. */
export function claimedSystems({platform, manifest}: Pick<Bundle, 'platform' | 'manifest'>): readonly System[] {
  if (platform !== undefined) return [systemOfPlatform(platform)]
  return manifest.compatibility?.platforms ?? systems
}

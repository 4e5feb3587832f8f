import type {Finding} from '@mcp-release/action-kit'
import {executableFormat} from '@mcp-release/mcp'
import {defaultPlatforms} from '@mcp-release/release-model'
import type {Bundle} from './bundle'
import {claimedSystems} from './claimed-systems'
import {systemOfPlatform} from './system'

const libraries = /\.(?:node|so(?:\.[\d.]+)?|dylib|dll|pyd)$/

/**
 * Compiled parts of packages (`.node`, `.so`, `.dylib`, `.dll`, `.pyd`) must be there for every platform that the bundle
 * is for: an installer on one machine brings only those of that machine.
 */
export function nativeFindings(bundle: Bundle): readonly Finding[] {
  const native = bundle.files.flatMap(({name, content}) => {
    const format = libraries.test(name) ? executableFormat(content.subarray(0, 4096)) : undefined
    return format === undefined ? [] : [{name, platforms: format.platforms}]
  })
  const [first] = native
  if (first === undefined) return []
  const there = new Set(native.flatMap(each => each.platforms))
  const systems = claimedSystems(bundle)
  const wanted =
    bundle.platform === undefined
      ? defaultPlatforms.filter(each => systems.includes(systemOfPlatform(each)))
      : [bundle.platform]
  const missing = wanted.filter(each => !there.has(each))
  if (missing.length === 0) return []
  const examples = native
    .slice(0, 3)
    .map(each => each.name)
    .join(', ')
  const text =
    `${bundle.name}: holds compiled parts for ${[...there].sort().join(', ')} only (${examples}), none for ${missing.join(', ')}\n` +
    'Use a dependency without compiled parts, or make no bundle: in a release with bundles: never in .github/mcp-release.yml. The action mcpb-bundle alone makes one for each platform that its input targets names.'
  return [{level: 'error', text}]
}

import {reachableScripts} from '@mcp-release/package-managers/scripts'
import {type Manifest, record} from './npm-manifest'

/** The scripts that may run before a package is packed. */
const packing = ['build', 'prepack', 'prepare', 'prepublishOnly', 'pack'] as const

// What writes package.json by its nature.
const writers =
  /package\.json|\b(?:npm|pnpm|yarn)\s+(?:pkg|version)\b|mcpName|clean-package|clean-publish|clean-pkg-json|\bjq\b|\bsed\b|\bjson -I\b|dot-json|syncpack/
// What runs a program of the project, which may do anything.
const interpreters = new Set(
  'node tsx ts-node bun deno zx bash sh zsh python python3 make just gulp grunt nx lerna wireit vite-node'.split(' '),
)
const before = /^(?:\w+=\S*|cross-env|env|npx|-y|--yes|exec|dotenv|--)$/

/**
 * Whether package.json is surely packed as it stands in the repository: no script that runs before may change it, and no other
 * folder is published in its place (https://pnpm.io/package_json#publishconfigdirectory).
 */
export function keepsManifest({scripts, fields}: Manifest): boolean {
  if (record(fields['publishConfig'])['directory'] !== undefined) return false
  return reachableScripts(scripts, packing).every(name => {
    const script = scripts[name] ?? ''
    return !writers.test(script) && !script.split(/&&|\|\||[;|&]/).some(runsProgram)
  })
}

// `esbuild src/index.ts` and `bun build src/index.ts` read a file, `node -e` shows its code; `node scripts/build.mjs` may do anything.
function runsProgram(command: string): boolean {
  const words = command.trim().split(/\s+/)
  const at = words.findIndex(word => !before.test(word))
  const [first = '', second = ''] = at === -1 ? [] : words.slice(at)
  if (/^(?:\.{0,2}\/)?[\w.-]*\/?[\w./-]+\.(?:sh|py|[cm]?[jt]s)$/.test(first) || first.startsWith('./')) return true
  if (!interpreters.has(first)) return false
  if (first === 'node') return !/^(?:-e|-p|--eval|--print)$/.test(second)
  return first !== 'bun' || !/^(?:build|run|install|x)$/.test(second)
}

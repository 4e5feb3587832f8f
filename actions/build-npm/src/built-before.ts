import {calledManagers, reachableScripts, texts} from '@mcp-release/package-managers'
import {declaredEntries} from '@mcp-release/package-rules'
import type {Project} from './project'

/** The scripts that make a package what is published. */
export const buildingScripts = ['build', 'prepack', 'prepare'] as const

// npm never packs these (https://docs.npmjs.com/cli/using-npm/developers#keeping-files-out-of-your-package), so a folder
// that has one is a checkout.
const onlyInCheckouts = ['.gitignore', '.npmignore', '.npmrc', '.yarnrc', '.yarnrc.yml', '.bun-version']

/**
 * Whether a folder holds what was published before, without what its scripts need. Everything that package.json names is
 * there, nothing shows a checkout, and the sources are missing: what was published is mostly `dist` alone.
 */
export function isPublishedContent(project: Project): boolean {
  const {files, missing, manifest, choice} = project
  if (missing.length > 0) return false
  // npm-shrinkwrap.json is the one lock file that is published.
  if (choice.lock !== undefined && choice.lock.name !== 'npm-shrinkwrap.json') return false
  if (onlyInCheckouts.some(name => files.has(name))) return false
  return !hasSources(project) || !hasInputs(manifest.scripts, files)
}

function hasSources({files, manifest}: Project): boolean {
  const made = new Set(
    declaredEntries(manifest).flatMap(({target}) => {
      const [first = '', ...rest] = target.split('/')
      return rest.length > 0 ? [`${first}/`] : [target]
    }),
  )
  const isMade = (file: string) => [...made].some(each => (each.endsWith('/') ? file.startsWith(each) : file === each))
  return [...files].some(
    file => /\.(?:[cm]?[jt]sx?|vue|svelte)$/.test(file) && !/\.d\.[cm]?ts$/.test(file) && !isMade(file),
  )
}

// Every file that the scripts name is there, and tsc has what it reads.
function hasInputs(scripts: Readonly<Record<string, string>>, files: ReadonlySet<string>): boolean {
  return reachableScripts(scripts, buildingScripts).every(name => {
    const words = (scripts[name] ?? '').split(/[\s;&|"'=]+/)
    const named = words.filter(
      word => /^(?!-)[\w@./-]+\.(?:[cm]?[jt]sx?|json|sh)$/.test(word) && !word.includes('node_modules'),
    )
    const there = (word: string) => files.has(word.replace(/^(?:\.\/)+/, ''))
    if (!named.every(there)) return false
    return !words.includes('tsc') || named.some(word => word.endsWith('.json')) || files.has('tsconfig.json')
  })
}

/** The managers that the scripts of a build call, besides the one that runs them. */
export function otherManagers({manifest, choice, managers}: Project): readonly ('pnpm' | 'yarn' | 'bun')[] {
  const all = [manifest.scripts, texts(managers.workspace.rootFields['scripts'])]
  const called = all.flatMap(scripts =>
    reachableScripts(scripts, [...buildingScripts, 'prepublishOnly', 'preinstall', 'install', 'postinstall']).flatMap(
      name => calledManagers(scripts[name] ?? ''),
    ),
  )
  return (['pnpm', 'yarn', 'bun'] as const).filter(name => name !== choice.manager.name && called.includes(name))
}

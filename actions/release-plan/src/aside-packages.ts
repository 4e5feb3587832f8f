import {type ReleaseSettings, type Skip, selects} from '@mcp-release/release-model'
import {detectCargo} from './detect-cargo'
import {detectGo} from './detect-go'
import {detectNpm} from './detect-npm'
import {detectPython} from './detect-python'
import {type Detected, type Tree, isBelow, mergeDetections, packageId, packageLabel} from './detected'
import {isApart, isAsideFolder} from './tree'

/** A repository in which the folders count that the settings name, and what is left out of the others. */
export interface Opened {
  readonly tree: Tree
  readonly skipped: readonly Skip[]
}

const most = 5

/**
 * Adds to a tree the packages that lie among examples, tests or documents and that `packages` or `programs` name; tells
 * the others in one line. Pure.
 */
export function withNamedFolders(tree: Tree, settings: ReleaseSettings): Opened {
  const {listed = [], apart = {}} = tree
  if (Object.keys(apart).length === 0) return {tree, skipped: []}
  const files = listed.filter(file => isApart(file))
  const packages = detected({files: files.toSorted(), listed, texts: {...tree.texts, ...apart}})
  const asked = [...(settings.packages ?? []), ...(settings.programs ?? [])]
  // A name that the repository has elsewhere is meant there.
  const known = asked.length === 0 ? [] : detected(tree)
  const selectors = asked.filter(selector => isPlace(selector) || !known.some(each => means(selector, each)))
  const wanted = packages.filter(each => selectors.some(selector => isNamed(each, selector)))
  const others = packages.filter(each => !wanted.includes(each))
  const isWanted = (file: string) => wanted.some(({path}) => isBelow(file, path))
  const opened = {
    ...tree,
    files: [...new Set([...tree.files, ...files.filter(isWanted)])].toSorted(),
    texts: {...tree.texts, ...Object.fromEntries(Object.entries(apart).filter(([file]) => isWanted(file)))},
  }
  return {tree: wanted.length === 0 ? tree : opened, skipped: skippedLine(others)}
}

function detected(tree: Tree): readonly Detected[] {
  return mergeDetections([detectPython, detectNpm, detectGo, detectCargo].map(detector => detector(tree))).packages
}

function means(selector: string, each: Detected): boolean {
  return selects(selector, {id: packageId(each), ...each})
}

function isPlace(selector: string): boolean {
  return isApart(`${selector.replace(/^\.\//, '').replace(/\/$/, '')}/x`)
}

// `*` means every package of the release, and not every example; `examples/*` means those.
function isNamed(each: Detected, selector: string): boolean {
  const [before = ''] = selector.replace(/^\.\//, '').split('*')
  return means(selector, each) && (!selector.includes('*') || (before !== '' && each.path.startsWith(before)))
}

function skippedLine(packages: readonly Detected[]): readonly Skip[] {
  const [first] = packages
  if (first === undefined) return []
  const labels = packages.slice(0, most).map(packageLabel)
  const more = packages.length > most ? ` and ${packages.length - most} more` : ''
  const folders = [...new Set(packages.map(({path}) => path.split('/').find(isAsideFolder) ?? path))]
  return [
    {
      subject: `${labels.join(', ')}${more}`,
      reason: `packages below ${folders.join(', ')} are taken for examples, tests, documents or what was built, which are not released`,
      hint: `To release one, name its folder in .github/mcp-release.yml: packages: [${first.path}], with every other package that is released.`,
    },
  ]
}

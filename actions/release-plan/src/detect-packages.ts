import {type ReleaseSettings, type Skip, selects} from '@mcp-release/release-model'
import {detectCargo} from './detect-cargo'
import {detectGo} from './detect-go'
import {detectImages} from './detect-image'
import {detectNpm} from './detect-npm'
import {detectPython} from './detect-python'
import {type Candidate, type Detection, type Tree, mergeDetections, packageId, packageLabel} from './detected'
import {withRoles} from './roles'

/** What packages are looked for with. */
export interface Surroundings {
  /** The last part of the repository's or folder's name. */
  readonly folder: string
  readonly image: 'auto' | 'never'
  readonly settings: ReleaseSettings
}

/**
 * The packages of a repository that can be released, with their roles; what is aside by default is skipped with the reason,
 * unless the settings name it. Which of them the tag means is decided later. Pure.
 */
export function detectPackages(tree: Tree, {folder, image, settings}: Surroundings): Detection<Candidate> {
  const found = mergeDetections([detectPython, detectNpm, detectGo, detectCargo].map(detector => detector(tree)))
  const known = withRoles(found, {tree, folder, settings})
  const images = image === 'never' ? [] : detectImages(known.packages, {tree, folder, settings})
  // What is excluded is named too: the settings are the reason then.
  const asked = [...(settings.packages ?? []), ...(settings.programs ?? []), ...(settings.exclude ?? [])]
  const all = [...known.packages, ...images].map(each =>
    asked.some(selector => selects(selector, {id: packageId(each), ...each})) ? named(each) : each,
  )
  return {
    ...known,
    packages: all.filter(({aside}) => aside === undefined),
    skipped: [...known.skipped, ...all.flatMap(skipOf)],
  }
}

function named({aside: _, ...each}: Candidate): Candidate {
  return each
}

function skipOf(each: Candidate): readonly Skip[] {
  if (each.aside === undefined) return []
  return [{subject: packageLabel(each), ...each.aside}]
}

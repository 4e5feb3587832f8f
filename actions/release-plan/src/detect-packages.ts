import type {ReleaseSettings} from '@mcp-release/release-model'
import {detectCargo} from './detect-cargo'
import {detectGo} from './detect-go'
import {detectImages} from './detect-image'
import {detectNpm} from './detect-npm'
import {detectPython} from './detect-python'
import {type Candidate, type Detection, type Tree, mergeDetections} from './detected'
import {withRoles} from './roles'

/** What packages are looked for with. */
export interface Surroundings {
  /** The last part of the repository's or folder's name. */
  readonly folder: string
  readonly image: 'auto' | 'never'
  readonly settings: ReleaseSettings
}

/** Every package of a repository, with its role; which of them are released is decided by tag and settings. Pure. */
export function detectPackages(tree: Tree, {folder, image, settings}: Surroundings): Detection<Candidate> {
  const found = mergeDetections([detectPython, detectNpm, detectGo, detectCargo].map(detector => detector(tree)))
  const known = withRoles(found, {tree, folder, settings})
  if (image === 'never') return known
  return {...known, packages: [...known.packages, ...detectImages(known.packages, {tree, folder, settings})]}
}

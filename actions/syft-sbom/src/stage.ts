import {join} from 'node:path'
import {ActionError, type Host} from '@mcp-release/action-kit'
import {tarNames} from '@mcp-release/archives'
import {stageBundle} from './bundle-stage'
import {stageImage} from './image-layout'
import type {Incomplete} from './knowledge'
import {stageNpmPackage} from './npm-install'
import {packageInfo} from './read-subject'
import type {Subject} from './subject'
import {stageWheel} from './wheel-install'

/** Something that syft is pointed at. */
export interface Source {
  /** With syft's scheme, such as `dir:`. */
  readonly location: string
  /** The folder that paths in the SBOM are relative to. */
  readonly base?: string
  /** What is not known of it, and why. */
  readonly incomplete?: readonly Incomplete[]
}

/** Puts what a user gets from a file into a folder, without running any code of the file. */
export async function stage(host: Host, subject: Subject, folder: string): Promise<readonly Source[]> {
  await host.files.makeDirectory(folder)
  switch (subject.kind) {
    case 'wheel':
      return [await stageWheel(host, subject, folder)]
    case 'npm-package':
      return [await stageNpmPackage(host, subject, folder)]
    case 'sdist':
      return [await stageSdist(host, subject, folder)]
    case 'image':
      return stageImage(host, subject, folder)
    case 'bundle':
      return [await stageBundle(host, subject, folder)]
    case 'archive':
      return [{location: `file:${subject.path}`}]
  }
}

// Building an sdist would run its code, so its SBOM has the package alone: its name, version and licence.
async function stageSdist(host: Host, {path, name}: Subject, folder: string): Promise<Source> {
  const info = (await tarNames(path)).find(each => packageInfo.test(each.name))
  if (info?.content === undefined) {
    throw new ActionError('SBOM', `${name}: its PKG-INFO is no file of ordinary size`, {hint: 'Build the sdist anew.'})
  }
  const metadata = join(folder, `${name.replace(/\.tar\.gz$/, '')}.dist-info`, 'METADATA')
  await host.files.write(metadata, info.content)
  return {location: `dir:${folder}`, base: folder}
}

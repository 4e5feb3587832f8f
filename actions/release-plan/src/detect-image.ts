import type {Detected, Detection, Tree} from './detected'
import {below, folderOf} from './detected'

/** Images: one for each folder that holds a released package, or for the root, where a Containerfile or Dockerfile lies. */
export function detectImages({files}: Tree, packages: readonly Detected[], name: string): Detection {
  const folders = [...new Set(['.', ...packages.map(each => each.path)])]
  const images = folders.flatMap((path): Detected[] => {
    const manifest = ['Containerfile', 'Dockerfile'].map(file => below(path, file)).find(file => files.includes(file))
    if (manifest === undefined) return []
    const owner = packages.find(each => each.path === path)
    const title = imageName(owner?.name ?? name)
    return [
      {
        ecosystem: 'oci',
        path: folderOf(manifest),
        name: title,
        manifest,
        executables: [],
        ...(owner?.license === undefined ? {} : {license: owner.license}),
      },
    ]
  })
  return {packages: images, skipped: [], problems: []}
}

// Repository names of images are lower case (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests).
function imageName(name: string): string {
  return name
    .replace(/^@[^/]*\//, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
}

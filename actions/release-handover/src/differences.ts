import type {HandedFile} from './record'

/** In words, what happened to the files of a hand-over since it was sealed; none means: nothing. */
export function differences(
  name: string,
  sealed: readonly HandedFile[],
  found: readonly HandedFile[],
): readonly string[] {
  const before = new Map(sealed.map(file => [file.path, file]))
  const now = new Map(found.map(file => [file.path, file]))
  const added = found.filter(({path}) => !before.has(path))
  const missing = sealed.filter(({path}) => !now.has(path))
  // The same bytes under another name.
  const renamed = missing.flatMap(file => {
    const other = added.find(({sha256}) => sha256 === file.sha256)
    return other === undefined ? [] : [{file, other}]
  })
  const shown = (path: string) => `${name}: ${JSON.stringify(path)}`
  return [
    ...sealed.flatMap(({path, sha256}) => {
      const file = now.get(path)
      return file === undefined || file.sha256 === sha256
        ? []
        : [`${shown(path)} has sha256 ${file.sha256}, and ${sha256} was sealed`]
    }),
    ...renamed.map(({file, other}) => `${shown(file.path)} is called ${JSON.stringify(other.path)} now`),
    ...missing
      .filter(file => !renamed.some(each => each.file === file))
      .map(({path}) => `${shown(path)} was sealed, and is not there`),
    ...added
      .filter(file => !renamed.some(each => each.other === file))
      .map(({path}) => `${shown(path)} is there, and was not sealed`),
  ]
}

import type {Bundle} from './bundle'

/** The path inside of the bundle that a command means: below `${__dirname}`, or relative with a `/` in it. */
export function innerPath(given: string): string | undefined {
  const [, below] = /^\$\{__dirname\}(?:\/|\$\{\/\}|\$\{pathSeparator\})?(.*)$/.exec(given) ?? []
  if (below !== undefined) return below.replaceAll(/\$\{(?:\/|pathSeparator)\}/g, '/')
  const relative = /^(?:\.\/)?([\w.@-]+\/[\w./@-]+)$/.exec(given)?.[1]
  return relative ?? /^\.\/([\w.@-]+)$/.exec(given)?.[1]
}

/** A file of the bundle by its name. */
export function findFile({files}: Bundle, name: string): Bundle['files'][number] | undefined {
  return files.find(file => file.name === name)
}

/** The file of the bundle that an argument names. */
export function fileOfArgument(bundle: Bundle, arg: string): Bundle['files'][number] | undefined {
  return findFile(bundle, innerPath(arg) ?? arg)
}

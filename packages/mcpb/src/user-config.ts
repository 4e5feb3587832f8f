import type {UserOption} from './manifest-schema'

/** What a user gave for an option; an array where several are allowed. */
export type UserValue = string | number | boolean | readonly string[]

/** Something empty that exists, for options that ask for a folder or a file. Absolute paths. */
export interface EmptyPlaces {
  readonly directory: string
  readonly file: string
}

/**
 * A value for every option, so that a server can be started without its user: the default, else a dummy of the right
 * type. Folders and files are empty ones that exist: those of the default are the user's, not this machine's.
 */
export function dummyUserConfig(
  options: Readonly<Record<string, UserOption>>,
  places: EmptyPlaces,
): Record<string, UserValue> {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => {
      const value = dummy(option, places)
      return [name, option.multiple === true && !Array.isArray(value) ? [String(value)] : value]
    }),
  )
}

function dummy(option: UserOption, {directory, file}: EmptyPlaces): UserValue {
  if (option.type === 'directory') return directory
  if (option.type === 'file') return file
  if (option.default !== undefined) return option.default
  if (option.type === 'boolean') return false
  if (option.type === 'number') return option.min ?? Math.min(1, option.max ?? 1)
  return 'dummy'
}

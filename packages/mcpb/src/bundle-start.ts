import type {UserOption} from './manifest-schema'

/** What a generated manifest gives to the server: arguments, variables, and the questions whose answers they hold. */
export interface BundleStart {
  readonly options: Readonly<Record<string, UserOption>>
  /** Behind those that start the program. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** A server that needs nothing. */
export const plainStart: BundleStart = {options: {}, args: [], env: {}}

/**
 * What one source says, with the variables that only another one knows, such as those that are optional: the recipe of
 * a plan has what it takes to start, server.json also what a user may want to set.
 */
export function withVariablesOf(start: BundleStart, other: BundleStart): BundleStart {
  const names = Object.keys(other.env).filter(name => !Object.hasOwn(start.env, name))
  const options = {...start.options}
  const env = {...start.env}
  for (const name of names) {
    const text = other.env[name] ?? ''
    const keys = [...text.matchAll(/\$\{user_config\.(\w+)\}/g)].map(([, key = '']) => key)
    // The key of an argument's answer; the variable then would get that answer.
    if (keys.some(key => Object.hasOwn(start.options, key))) continue
    env[name] = text
    for (const key of keys) {
      const option = other.options[key]
      if (option !== undefined) options[key] = option
    }
  }
  return {options, args: start.args, env}
}

import type {StartRecipe, StartValue} from '@mcp-release/release-model'
import type {BundleStart} from './bundle-start'
import type {UserOption} from './manifest-schema'
import {keyOf, titleOf} from './option-words'

/** A value with what it is called where it says nothing itself. */
interface Named {
  readonly value: StartValue
  readonly name: string
  readonly description: string
}

/**
 * The recipe of a plan as a manifest has it: what everybody gives is written down, and what each user gives is asked for.
 * Made-up answers never become defaults.
 */
export function recipeStart({args, env}: StartRecipe): BundleStart {
  const options: Record<string, UserOption> = {}
  const given = args.map((value, at) => {
    const name = value.name ?? argumentName(value, at, args[at - 1]?.value ?? '')
    const description = name.startsWith('-') ? `The value of ${name}` : 'An argument of the server'
    return filled({value, name, description}, options)
  })
  const variables = Object.entries(env).map(([name, value]) => [
    name,
    filled({value, name, description: `The environment variable ${name} of the server`}, options),
  ])
  return {options, args: given, env: Object.fromEntries(variables) as Record<string, string>}
}

// Flags that take no value, so that what follows is not called after them.
const switches = /^(?:-y|--(?:yes|stdio|verbose|debug|read-only|read-write|enable-\S+|disable-\S+|no-\S+|allow-\S+))$/

function argumentName({value, prefix = ''}: StartValue, at: number, before: string): string {
  const own = /^(--?[A-Za-z][\w-]*)=$/.exec(prefix)?.[1]
  const flag = prefix === '' && /^--?[A-Za-z][\w-]*$/.test(before) && !switches.test(before) ? before : undefined
  return own ?? flag ?? /\$\{(folder|file|port)\}/.exec(value)?.[1] ?? `argument_${at + 1}`
}

const placeholder = /\$\{(folder|file|port)\}/g
const shapes = {folder: 'directory', file: 'file', port: 'number'} as const

// The text that stays, and a question in place of every answer and of every `${folder}`, `${file}`, `${port}`.
function filled({value: each, name, description}: Named, options: Record<string, UserOption>): string {
  const {value, origin, prefix = '', format} = each
  const ask = (type: UserOption['type']) => {
    const key = keyOf(name, options)
    options[key] = {
      type,
      title: titleOf(name),
      description: each.description ?? description,
      required: true,
      ...(each.secret === true ? {sensitive: true} : {}),
    }
    return `\${user_config.${key}}`
  }
  const head = value.startsWith(prefix) ? prefix : ''
  const rest = value.slice(head.length)
  if (rest.replaceAll(placeholder, '') !== rest)
    return head + rest.replaceAll(placeholder, (_, place: keyof typeof shapes) => ask(shapes[place]))
  return origin === 'asked' ? head + ask(format ?? 'string') : value
}

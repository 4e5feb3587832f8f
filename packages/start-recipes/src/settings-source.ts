import type {ServerSettings, StartRecipe, StartValue} from '@mcp-release/release-model'
import {isSecret} from './answers'
import {withTransport} from './recipe'

/** A recipe with what the settings say in place of what was learnt, field by field. */
export function withSettings(recipe: StartRecipe, settings: Partial<ServerSettings>): StartRecipe {
  const {args, env, transport, 'http-path': path} = settings
  if (args === undefined && env === undefined && transport === undefined && path === undefined) return recipe
  const variables = Object.entries(env ?? {}).map(([name, value]) => [name, given(value, name)] as const)
  const changed = {
    ...(recipe.extras === undefined ? {} : {extras: recipe.extras}),
    ...(recipe.with === undefined ? {} : {with: recipe.with}),
    args: args?.map((value, index) => given(value, args[index - 1])) ?? recipe.args,
    env: {...recipe.env, ...Object.fromEntries(variables)},
    source: args === undefined && !isBare(recipe) ? `the settings and ${recipe.source}` : 'the settings',
  }
  const asHttp = withTransport(changed, {
    ...(recipe.port === undefined ? {} : {port: recipe.port}),
    ...(recipe.path === undefined ? {} : {path: recipe.path}),
  })
  const spoken = args === undefined && recipe.transport === 'http' ? {...asHttp, transport: 'http' as const} : asHttp
  if (transport !== undefined && transport !== 'auto') return {...spoken, transport, ...pathOf(path, recipe)}
  return {...spoken, ...pathOf(path, recipe)}
}

function isBare({args, env}: StartRecipe): boolean {
  return args.length === 0 && Object.keys(env).length === 0
}

function pathOf(path: string | undefined, recipe: StartRecipe): {readonly path?: string} {
  const told = path ?? recipe.path
  return told === undefined ? {} : {path: told}
}

// The value stands for what each user gives where it is made for the run, or nobody else may know it.
function given(value: string, name: string | undefined): StartValue {
  const format = /\$\{folder\}/.test(value)
    ? 'directory'
    : /\$\{file\}/.test(value)
      ? 'file'
      : /\$\{port\}/.test(value)
        ? 'number'
        : undefined
  const named = name === undefined || (name.startsWith('-') && name.includes('=')) ? {} : {name}
  const secret = isSecret(named)
  if (format === undefined && !secret)
    return {value, origin: 'fixed', ...(name?.startsWith('-') === false ? named : {})}
  const prefix = /^(.*?)\$\{(?:folder|file|port)\}/s.exec(value)?.[1] ?? ''
  return {
    value,
    origin: 'asked',
    ...named,
    ...(secret ? {secret} : {}),
    ...(prefix === '' ? {} : {prefix}),
    ...(format === undefined ? {} : {format}),
  }
}

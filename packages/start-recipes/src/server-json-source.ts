import type {StartRecipe, StartValue} from '@mcp-release/release-model'
import {answerFor, isLocalPath, isSecret} from './answers'
import {type Loose, jsonRecord, record, records, textOf} from './loose'
import {launchOf} from './launch'
import {withTransport} from './recipe'
import {type StartTarget, baseName, sameName} from './target'

// What a program without a registry of its own can be downloaded as.
const registryTypes = {npm: ['npm'], pypi: ['pypi'], oci: ['oci'], cargo: ['cargo', 'mcpb'], go: ['mcpb']} as const

/**
 * How server.json says that a package is started (https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json):
 * by the entry of its own registry and name, never by another one's.
 */
export function serverJsonRecipes(file: string, text: string | undefined, target: StartTarget): readonly StartRecipe[] {
  const packages = records(jsonRecord(text)['packages'])
  const own = registryTypes[target.ecosystem].flatMap(type =>
    packages.flatMap((each, index) => (each['registryType'] === type && isOwn(each, target) ? [{each, index}] : [])),
  )
  return own.map(({each, index}) => ({
    ...recipe(each, `${file}, packages[${String(index)}]`),
    ...installed(each, target),
  }))
}

/** What stands before the package for uvx: its extras, and what is installed beside it. */
function installed(each: Loose, target: StartTarget): Pick<StartRecipe, 'extras' | 'with'> {
  if (each['registryType'] !== 'pypi') return {}
  const words = records(each['runtimeArguments']).flatMap(({name, value}) =>
    [name, value].flatMap(word => textOf(word) ?? []),
  )
  const argv = [textOf(each['runtimeHint']) ?? 'uvx', ...words, textOf(each['identifier']) ?? '']
  const {extras, with: beside} = launchOf(argv, target) ?? {}
  return {
    ...(extras === undefined ? {} : {extras: [...extras]}),
    ...(beside === undefined ? {} : {with: [...beside]}),
  }
}

function isOwn(each: Loose, {ecosystem, name, crate = name, executables, alone}: StartTarget): boolean {
  const identifier = textOf(each['identifier']) ?? ''
  const last = identifier.replace(/[?#].*$/, '').replace(/^.*\//, '')
  if (ecosystem === 'npm') return identifier === name
  if (ecosystem === 'pypi' || (ecosystem === 'cargo' && each['registryType'] === 'cargo'))
    return [name, crate].some(own => sameName(identifier, own))
  if (ecosystem === 'oci') return alone || sameName(last.replace(/[:@].*$/, ''), name)
  return alone || [name, ...executables].some(each => last.toLowerCase().startsWith(baseName(each).toLowerCase()))
}

function recipe(each: Loose, source: string): StartRecipe {
  const transport = record(each['transport'])
  const address = transport['type'] === 'streamable-http' ? (textOf(transport['url']) ?? '') : undefined
  const [, authority = '', path = '/'] = /^https?:\/\/([^/]*)(\/.*)?$/.exec(address ?? '') ?? []
  const port = authority.split(':')[1] ?? ''
  const variable = /^\{(.+)\}$/.exec(port)?.[1]
  const args = records(each['packageArguments']).flatMap(argument => argumentValues(argument, variable))
  const env = records(each['environmentVariables']).flatMap(input => {
    const name = textOf(input['name'])
    const needed = input['isRequired'] === true || textOf(input['value']) !== undefined || name === variable
    return name === undefined || !needed ? [] : [[name, valueOf(input, {name, port: variable})] as const]
  })
  const plain = {args, env: Object.fromEntries(env), source}
  if (address === undefined) return {...plain, transport: 'stdio'}
  const http = withTransport(plain, {path, ...(/^\d+$/.test(port) ? {port: Number(port)} : {})})
  return {...http, transport: 'http', path, ...(/^\d+$/.test(port) ? {port: Number(port)} : {})}
}

function argumentValues(each: Loose, port: string | undefined): readonly StartValue[] {
  const flag = each['type'] === 'named' ? textOf(each['name']) : undefined
  const name = flag ?? textOf(each['valueHint']) ?? textOf(each['name']) ?? 'argument'
  const isPort = port !== undefined && [name, name.replace(/^-+/, ''), textOf(each['valueHint'])].includes(port)
  if (each['isRequired'] !== true && textOf(each['value']) === undefined && !isPort) return []
  const fixed = flag === undefined ? [] : [{value: flag, origin: 'fixed'} as const]
  // A flag that stands alone, such as --stdio.
  const asks = ['value', 'valueHint', 'default', 'placeholder', 'format', 'choices', 'isSecret'].some(
    key => each[key] !== undefined,
  )
  return flag !== undefined && !asks ? fixed : [...fixed, valueOf(each, {name, port: isPort ? name : undefined})]
}

function valueOf(each: Loose, {name, port}: {readonly name: string; readonly port: string | undefined}): StartValue {
  const description = textOf(each['description'])
  const told = {name, ...(description === undefined ? {} : {description})}
  if (name === port) return {value: '${port}', origin: 'asked', ...told, format: 'number'}
  const fixed = textOf(each['value'])
  const variables = record(each['variables'])
  if (fixed !== undefined) {
    const filled = fixed.replace(/\{([^{}]+)\}/g, (whole, key: string) =>
      Object.hasOwn(variables, key) ? valueOf(record(variables[key]), {name: key, port}).value : whole,
    )
    if (filled === fixed) return {value: fixed, origin: 'fixed', ...told}
    return {value: filled, origin: 'asked', ...told, ...prefixOf(fixed)}
  }
  const secret = typeof each['isSecret'] === 'boolean' ? each['isSecret'] : isSecret({name})
  const {value, format} = answer(each, {...told, secret})
  return {value, origin: 'asked', ...told, ...(secret ? {secret} : {}), ...(format === undefined ? {} : {format})}
}

function prefixOf(text: string): {readonly prefix?: string} {
  const prefix = text.slice(0, text.indexOf('{'))
  return prefix === '' ? {} : {prefix}
}

function answer(
  each: Loose,
  hints: {readonly name: string; readonly description?: string; readonly secret: boolean},
): Pick<StartValue, 'value' | 'format'> {
  const choices = Array.isArray(each['choices']) ? each['choices'].map(textOf) : []
  const given = [textOf(each['default']), textOf(each['placeholder']), choices[0]]
  const format = textOf(each['format'])
  if (format === 'number')
    return {
      value: given.find(text => text !== undefined && text !== '' && Number.isFinite(Number(text))) ?? '1',
      format,
    }
  if (format === 'boolean') return {value: given.find(text => text === 'true' || text === 'false') ?? 'false', format}
  if (format === 'filepath')
    return answerFor('/path/to/it', {
      ...hints,
      name: `${hints.name} ${textOf(each['valueHint']) ?? ''}`.trim(),
      secret: false,
    })
  const text = given.find(each => each !== undefined)
  return text === undefined || isLocalPath(text) ? answerFor(text ?? '', hints) : {value: text}
}

// @ts-check
import {readFileSync, readdirSync, existsSync} from 'node:fs'
import {join} from 'node:path'
import {parse} from 'yaml'

/**
 * @typedef {{type: string, values?: string[], default?: string, required?: true, description: string}} Input
 * @typedef {{action: string, title: string, description: string, inputs: Record<string, Input>, outputs: Record<string, string>}} Contract
 */

const runtime = 'node24'

/** All action folders, in order. @param {string} root */
export function actionNames(root) {
  return readdirSync(join(root, 'actions'))
    .filter(name => existsSync(join(root, 'actions', name, 'action.yml')))
    .sort()
}

/**
 * Reads action.yml and action-types.yml of one action and checks them against each other; throws all problems at once.
 * @param {string} root @param {string} action @returns {Contract}
 */
export function readContract(root, action) {
  const folder = join(root, 'actions', action)
  const metadata = parse(readFileSync(join(folder, 'action.yml'), 'utf8'))
  const types = parse(readFileSync(join(folder, 'action-types.yml'), 'utf8'))
  /** @type {string[]} */
  const problems = []
  if (metadata.runs?.using !== runtime) problems.push(`runs.using is not ${runtime}`)
  if (metadata.runs?.main !== `../../dist/${action}/index.js`)
    problems.push(`runs.main is not ../../dist/${action}/index.js`)
  const inputs = Object.fromEntries(
    Object.entries(metadata.inputs ?? {}).map(([name, input]) => [
      name,
      readInput(name, input, types.inputs?.[name], problems),
    ]),
  )
  for (const name of Object.keys(types.inputs ?? {}))
    if (!(name in inputs)) problems.push(`action-types.yml: ${name} is no input`)
  const outputs = Object.fromEntries(
    Object.entries(metadata.outputs ?? {}).map(([name, output]) => {
      if (!output?.description) problems.push(`output ${name}: no description`)
      if (!types.outputs?.[name]) problems.push(`output ${name}: missing in action-types.yml`)
      return [name, String(output?.description ?? '')]
    }),
  )
  for (const name of Object.keys(types.outputs ?? {}))
    if (!(name in outputs)) problems.push(`action-types.yml: ${name} is no output`)
  if (problems.length > 0)
    throw new Error(`actions/${action}:\n${problems.map(problem => `  - ${problem}`).join('\n')}`)
  return {action, title: metadata.name, description: metadata.description, inputs, outputs}
}

/** @param {string} name @param {any} input @param {any} typing @param {string[]} problems @returns {Input} */
function readInput(name, input, typing, problems) {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) problems.push(`input ${name}: not kebab-case`)
  if (!input?.description) problems.push(`input ${name}: no description`)
  const type = typing?.type
  if (!['string', 'boolean', 'integer', 'enum', 'list'].includes(type))
    problems.push(`input ${name}: no type in action-types.yml`)
  const given = input?.default === undefined || input.default === '' ? undefined : String(input.default)
  if (type === 'boolean' && given !== 'true' && given !== 'false')
    problems.push(`input ${name}: a boolean needs a default`)
  const values = typing?.['allowed-values']
  if (type === 'enum' && given !== undefined && !values?.includes(given))
    problems.push(`input ${name}: the default is none of the allowed values`)
  return {
    type,
    ...(type === 'enum' ? {values} : {}),
    ...(given === undefined ? {} : {default: given}),
    ...(input?.required === true ? {required: /** @type {const} */ (true)} : {}),
    description: String(input?.description ?? '').trim(),
  }
}

/**
 * An input of the same name means the same everywhere: same type and same first sentence.
 * @param {Contract[]} contracts
 */
export function assertSameWords(contracts) {
  /** @type {Map<string, {action: string, words: string}>} */
  const seen = new Map()
  const problems = []
  for (const {action, inputs} of contracts) {
    for (const [name, input] of Object.entries(inputs)) {
      const words = `${input.type}: ${input.description.split(/\.\s|\.$/)[0]}`
      const before = seen.get(name)
      if (before && before.words !== words)
        problems.push(`input ${name}: ${action} says "${words}", ${before.action} says "${before.words}"`)
      if (!before) seen.set(name, {action, words})
    }
  }
  if (problems.length > 0) throw new Error(problems.join('\n'))
}

// @ts-check
/** @typedef {import('./contract.mjs').Contract} Contract */

/** src/action.gen.ts of one action. @param {Contract} contract */
export function renderTypes({action, inputs, outputs}) {
  const specs = Object.entries(inputs).map(([name, {description: _, ...spec}]) => `    ${key(name)}: ${literal(spec)},`)
  const names = Object.keys(outputs)
    .map(name => `'${name}'`)
    .join(', ')
  return `// Generated from action.yml and action-types.yml by \`npm run generate\`. Do not edit.
export const contract = {
  action: '${action}',
  inputs: {
${specs.join('\n')}
  },
  outputs: [${names}],
} as const
`
}

/** The contracts of all actions in one module, for the pipeline. @param {Contract[]} contracts */
export function renderContracts(contracts) {
  const each = contracts.map(contract => {
    const [, body = ''] = /export const contract = (\{[^]*\}) as const/.exec(renderTypes(contract)) ?? []
    return `  '${contract.action}': ${body.replaceAll('\n', '\n  ')},`
  })
  return `// Generated from the action.yml and action-types.yml of all actions by \`npm run generate\`. Do not edit.
export const contracts = {
${each.join('\n')}
} as const
`
}

/** @param {string} name */
const key = name => (/^[a-z]+$/.test(name) ? name : `'${name}'`)

/** @param {unknown} value @returns {string} */
function literal(value) {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value === 'object' && value)
    return `{${Object.entries(value)
      .map(([name, each]) => `${name}: ${literal(each)}`)
      .join(', ')}}`
  if (typeof value === 'string')
    return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`
  return String(value)
}

/** The usage block of a README. @param {Contract} contract */
export function renderUsage({action, inputs}) {
  const required = Object.entries(inputs).filter(([, input]) => input.required)
  const lines = required.map(([name, input]) => `    ${name}: ${input.type === 'list' ? '|\n      ' : ''}…`)
  const given = lines.length > 0 ? `\n  with:\n${lines.join('\n')}` : ''
  return `\`\`\`yaml\n- uses: mcp-release/mcp-release/actions/${action}@v1${given}\n\`\`\`\n`
}

/** The tables of inputs and outputs of a README. @param {Contract} contract */
export function renderInterface({inputs, outputs}) {
  const cell = (/** @type {string} */ text) => text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|')
  const rows = Object.entries(inputs).map(([name, input]) => {
    const type = input.type === 'enum' ? (input.values ?? []).map(value => `\`${value}\``).join(' \\| ') : input.type
    const fallback = input.required ? '**required**' : input.default === undefined ? '' : `\`${cell(input.default)}\``
    return `| \`${name}\` | ${type} | ${fallback} | ${cell(input.description)} |`
  })
  const results = Object.entries(outputs).map(([name, description]) => `| \`${name}\` | ${cell(description)} |`)
  return [
    ...(rows.length > 0 ? ['| input | type | default | meaning |', '| --- | --- | --- | --- |', ...rows, ''] : []),
    ...(results.length > 0 ? ['| output | meaning |', '| --- | --- |', ...results, ''] : []),
  ].join('\n')
}

/** The index of all actions in the root README. @param {Contract[]} contracts */
export function renderIndex(contracts) {
  const rows = contracts.map(
    ({action, description}) => `| [\`${action}\`](actions/${action}/README.md) | ${description} |`,
  )
  return ['| action | does |', '| --- | --- |', ...rows, ''].join('\n')
}

/**
 * Puts `block` between the markers of that name; throws when they are not there.
 * @param {{file: string, text: string, name: string, block: string}} place
 */
export function replaceBlock({file, text, name, block}) {
  const start = `<!-- generated: ${name} -->`
  const end = `<!-- end: ${name} -->`
  const from = text.indexOf(start)
  const to = text.indexOf(end)
  if (from < 0 || to < from) throw new Error(`${file}: the markers ${start} … ${end} are missing`)
  return `${text.slice(0, from + start.length)}\n\n${block}\n${text.slice(to)}`
}

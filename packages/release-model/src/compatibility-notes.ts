import {markdownCode, markdownTable, markdownText} from '@mcp-release/action-kit'
import type {Combination, Compatibility, CompatibleServer} from './compatibility'

const signs = {works: '✅ works', fails: '❌ fails', excluded: 'excluded', skipped: 'not run'} as const
const titles = {pypi: 'Python', npm: 'Node.js'} as const

/** The tables of the job summary and of release notes: SDK versions down, versions of Python or Node.js across. */
export function compatibilityNotes({servers}: Compatibility): string {
  return ['### Compatibility', ...servers.map(server => section(server))].join('\n\n') + '\n'
}

function section(server: CompatibleServer): string {
  const {combinations, ecosystem} = server
  const columns = unique(combinations.map(columnOf))
  const rows = unique(combinations.flatMap(({sdk}) => (sdk === undefined ? [] : [rowOf(sdk)])))
  const head = [rows.length === 0 ? '' : 'MCP SDK', ...columns.map(version => `${titles[ecosystem]} ${version}`)]
  // What holds for an interpreter as a whole is shown in each row.
  const cells = (row: string | undefined) =>
    columns.map(column => {
      const there = combinations.filter(each => columnOf(each) === column)
      const here = there.filter(({sdk}) => row === undefined || sdk === undefined || rowOf(sdk) === row)
      return unique(here.map(each => sign(each))).join(', ')
    })
  const body =
    rows.length === 0
      ? [['result', ...cells(undefined)]]
      : rows.map(row => [rowTitle(row, combinations), ...cells(row)])
  const remarks = remarksOf(server)
  return [
    `**${[markdownCode(server.name), markdownText(server.version)].join(' ').trim()}**${requirements(server)}`,
    markdownTable(head, body).trimEnd(),
    ...(remarks.length === 0 ? [] : [remarks.join('\n')]),
  ].join('\n\n')
}

function requirements({requires, ecosystem, combinations}: CompatibleServer): string {
  const ranges = combinations.flatMap(({sdk}) =>
    sdk === undefined ? [] : [`${markdownText(sdk.name)} ${markdownCode(sdk.range) || '`*`'}`],
  )
  const interpreter = markdownCode(requires ?? '')
  const allowed = [...(interpreter === '' ? [] : [`${titles[ecosystem]} ${interpreter}`]), ...unique(ranges)]
  return allowed.length === 0 ? '' : ` allows ${allowed.join(' and ')}`
}

function columnOf({runtime, runtimeVersion}: Combination): string {
  return runtimeVersion ?? runtime
}

// What the metadata forbids may fail.
function sign({result, sdk}: Combination): string {
  return result === 'fails' && sdk?.allowed === false ? 'fails' : signs[result]
}

// The same version may be the lowest for one interpreter and not for another; it is one row.
function rowOf({name, version, selections}: NonNullable<Combination['sdk']>): string {
  return `${name} ${version ?? `(${selections.join(', ')})`}`
}

function rowTitle(row: string, combinations: readonly Combination[]): string {
  const sdks = combinations.flatMap(({sdk}) => (sdk !== undefined && rowOf(sdk) === row ? [sdk] : []))
  if (sdks.every(({version}) => version === undefined)) return row
  const forbidden = sdks.some(({allowed}) => !allowed) ? ['not allowed'] : []
  return `${row} (${[...unique(sdks.flatMap(({selections}) => selections)), ...forbidden].join(', ')})`
}

// The same reason for the same SDK is told once, with all versions of Python or Node.js that it holds for.
function remarksOf({combinations, ecosystem}: CompatibleServer): readonly string[] {
  const told = new Map<string, {readonly reason: string; readonly of: string; readonly versions: string[]}>()
  for (const combination of combinations) {
    const {result, reason, sdk, ...rest} = combination
    if (result === 'works' || reason === undefined) continue
    const of = sdk === undefined ? '' : rowOf(sdk)
    const before = told.get(of + reason)
    if (before !== undefined) before.versions.push(rest.runtimeVersion ?? rest.runtime)
    else
      told.set(of + reason, {
        reason: `${sign(combination)}: ${markdownCode(reason)}`,
        of,
        versions: [rest.runtimeVersion ?? rest.runtime],
      })
  }
  return [...told.values()].map(
    ({reason, of, versions}) =>
      `- ${of === '' ? '' : `${markdownText(of)} with `}${titles[ecosystem]} ${markdownText(versions.join(', '))}: ${reason}`,
  )
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)]
}

import {createHash} from 'node:crypto'
import {join} from 'node:path'
import {ActionError, type Host, type InputsOf, type OutputsOf, InputError} from '@mcp-release/action-kit'
import {formatJson, parseJson} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import {differences} from './differences'
import {type ExpectedHandover, type Handover, refine} from './inputs'
import {type HandoverRecord, measure, recordName, recordSchema, runOf} from './record'

/** Seals one hand-over, or opens several. */
export async function main(raw: InputsOf<typeof contract>, host: Host): Promise<OutputsOf<typeof contract>> {
  const task = await refine(raw, host)
  if (task.mode === 'seal') return {sha256: await seal(host, task)}
  const problems: string[] = []
  for (const each of task.expected) problems.push(...(await open(host, each)))
  reject(problems)
  host.info(`${task.expected.map(({name}) => name).join(', ')}: unchanged since sealed`)
  return {sha256: ''}
}

async function seal(host: Host, {name, folder}: Handover): Promise<string> {
  const problems: string[] = []
  const files = await measure(host, {folder, name}, problems)
  if (files.length === 0) problems.push(`${name}: holds no file`)
  reject(problems)
  const text = formatJson({schemaVersion: 1, name, ...runOf(host), files: [...files]} satisfies HandoverRecord)
  await host.files.write(join(folder, recordName), text)
  host.info(`${name}: ${files.length} files are sealed`)
  return digestOf(text)
}

/** What keeps a hand-over from being used. */
async function open(host: Host, {name, folder, sha256}: ExpectedHandover): Promise<readonly string[]> {
  const path = join(folder, recordName)
  if ((await host.files.stat(path))?.kind !== 'file')
    return [`${name}: is not there, or was not sealed (${recordName})`]
  const text = await host.files.readText(path)
  const record = readRecord(name, text)
  if (typeof record === 'string') return [record]
  const found = digestOf(text)
  const problems = [...belonging(record, {name, ...runOf(host)})]
  if (found !== sha256) problems.push(`${name}: the list of its files has sha256 ${found}, and ${sha256} was sealed`)
  const files = await measure(host, {folder, name}, problems)
  return [...problems, ...differences(name, record.files, files)]
}

function readRecord(name: string, text: string): HandoverRecord | string {
  try {
    return parseJson(recordSchema, {file: recordName, text})
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return `${name}: ${error.problems.join('; ')}`
  }
}

// An artifact of another run or another name.
function belonging(
  record: HandoverRecord,
  here: Pick<HandoverRecord, 'name' | 'repository' | 'run'>,
): readonly string[] {
  const differs = (['name', 'repository', 'run'] as const).filter(
    field => here[field] !== undefined && record[field] !== here[field],
  )
  return differs.map(
    field => `${here.name}: was sealed for ${field} ${record[field] ?? 'unknown'}, and this is ${here[field] ?? ''}`,
  )
}

function reject(problems: readonly string[]): void {
  if (problems.length === 0) return
  throw new ActionError('HANDOVER', problems.map(problem => `- ${problem}`).join('\n'), {
    hint: 'Nothing was used. Run the whole workflow again; if it happens again, something other than this workflow writes its artifacts.',
  })
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

import {type Host, InputError, type InputsOf, errorText, pathInWorkspace, rejectProblems} from '@mcp-release/action-kit'
import {startableServerSchema, toolsFileSchema} from '@mcp-release/mcp'
import {parseJson} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import type {Settings} from './inputs'

/** What is read from the files that inputs name; throws one error with all that is wrong in them. */
export async function readReferences(
  {serverJson, previousTools}: InputsOf<typeof contract>,
  host: Host,
): Promise<Pick<Settings, 'serverJson' | 'previous'>> {
  const problems: string[] = []
  const server = await read(serverJson ?? 'server.json', {
    input: 'server-json',
    optional: serverJson === undefined,
    host,
    problems,
    parse: source => parseJson(startableServerSchema, source),
  })
  const previous = await read(previousTools, {
    input: 'previous-tools',
    optional: false,
    host,
    problems,
    parse: source => parseJson(toolsFileSchema, source),
  })
  rejectProblems(problems)
  return {
    ...(server === undefined ? {} : {serverJson: server}),
    ...(previous === undefined ? {} : {previous: previous as NonNullable<Settings['previous']>}),
  }
}

async function read<T>(
  path: string | undefined,
  {
    input,
    optional,
    host,
    problems,
    parse,
  }: {
    readonly input: string
    readonly optional: boolean
    readonly host: Host
    readonly problems: string[]
    readonly parse: (source: {readonly file: string; readonly text: string}) => T
  },
): Promise<T | undefined> {
  if (path === undefined) return undefined
  const place = await pathInWorkspace(host, {input, path}, problems)
  if ((await host.files.stat(place)) === undefined) {
    if (!optional) problems.push(`${input}: ${JSON.stringify(path)} is not there`)
    return undefined
  }
  try {
    return parse({file: path, text: await host.files.readText(place)})
  } catch (error) {
    if (error instanceof InputError) problems.push(...error.problems)
    else problems.push(`${input}: ${JSON.stringify(path)} cannot be read: ${errorText(error)}`)
    return undefined
  }
}

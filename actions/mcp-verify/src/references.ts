import {type Host, type InputsOf, pathInWorkspace, rejectProblems} from '@mcp-release/action-kit'
import {readStartableServer, readToolsFile} from '@mcp-release/mcp'
import type {contract} from './action.gen'
import type {Settings} from './inputs'

/** What is read from the files that inputs name; throws one error with all that is wrong in them. */
export async function readReferences(
  {serverJson, previousTools}: InputsOf<typeof contract>,
  host: Host,
): Promise<Pick<Settings, 'serverJson' | 'previous'>> {
  const problems: string[] = []
  const read = async <T>(path: string, {input, kind, parse}: Reference<T>): Promise<T | undefined> => {
    const place = await pathInWorkspace(host, {input, path}, problems)
    if ((await host.files.stat(place)) === undefined) {
      problems.push(`${input}: ${JSON.stringify(path)} is not there`)
      return undefined
    }
    const found = parse(await host.files.readText(place))
    if (found === undefined) problems.push(`${input}: ${JSON.stringify(path)} is no ${kind}`)
    return found
  }
  const isHere = serverJson !== undefined || (await host.files.stat('server.json')) !== undefined
  const server = isHere
    ? await read(serverJson ?? 'server.json', {
        input: 'server-json',
        kind: 'server.json: a JSON object with a name',
        parse: readStartableServer,
      })
    : undefined
  const previous =
    previousTools === undefined
      ? undefined
      : await read(previousTools, {
          input: 'previous-tools',
          kind: 'tools.json of schemaVersion 1',
          parse: readToolsFile,
        })
  rejectProblems(problems)
  return {...(server === undefined ? {} : {serverJson: server}), ...(previous === undefined ? {} : {previous})}
}

interface Reference<T> {
  readonly input: string
  readonly kind: string
  readonly parse: (text: string) => T | undefined
}

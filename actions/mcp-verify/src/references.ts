import {type Host, InputError, type InputsOf, pathInWorkspace, rejectProblems} from '@mcp-release/action-kit'
import {readStartableServer, readToolsFile} from '@mcp-release/mcp'
import {type Plan, parseJson, planSchema} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import type {Settings} from './inputs'

/** What is read from the files that inputs name; throws one error with all that is wrong in them. */
export async function readReferences(
  {plan, serverJson, previousTools}: InputsOf<typeof contract>,
  host: Host,
): Promise<References> {
  const problems: string[] = []
  const read = async <T>(path: string, {input, kind, parse}: Reference<T>): Promise<T | undefined> => {
    const place = await pathInWorkspace(host, {input, path}, problems)
    const there = (await host.files.stat(await host.files.realPath(place)))?.kind
    if (there !== 'file') {
      problems.push(`${input}: ${JSON.stringify(path)} ${there === undefined ? 'is not there' : 'is no file'}`)
      return undefined
    }
    const before = problems.length
    const found = parse(await host.files.readText(place))
    // A plan tells its problems itself.
    if (found === undefined && problems.length === before)
      problems.push(`${input}: ${JSON.stringify(path)} is no ${kind}`)
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
  const planned =
    plan === undefined
      ? undefined
      : await read(plan, {input: 'plan', kind: 'release-plan.json', parse: text => readPlan(plan, text, problems)})
  rejectProblems(problems)
  return {
    ...(planned === undefined ? {} : {plan: planned}),
    settings: {...(server === undefined ? {} : {serverJson: server}), ...(previous === undefined ? {} : {previous})},
  }
}

function readPlan(file: string, text: string, problems: string[]): Plan | undefined {
  try {
    return parseJson(planSchema, {file, text})
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    problems.push(...error.problems)
    return undefined
  }
}

/** What the files say that the inputs name. */
export interface References {
  readonly settings: Pick<Settings, 'serverJson' | 'previous'>
  readonly plan?: Plan
}

interface Reference<T> {
  readonly input: string
  readonly kind: string
  readonly parse: (text: string) => T | undefined
}

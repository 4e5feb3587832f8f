import {type StartablePackage, places, startValues} from '@mcp-release/mcp'
import type {StartRecipe} from '@mcp-release/release-model'
import type {Candidate, Content} from './candidate'
import {entryOf} from './identity'
import type {Installs} from './launch'
import type {Settings} from './inputs'
import type {Planned} from './planned'

/** Where a server that is started here answers over HTTP. */
export interface HttpPlace {
  readonly path: string
  /** Fixed by server.json or the plan; otherwise a free one is chosen. */
  readonly port?: number
  /** Whether the server is told, or its description says, which port it is. */
  readonly hasPort: boolean
}

/** One way to start a server. */
export interface StartOption {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly http?: HttpPlace
  /** Python: what is installed for it with and beside the package. */
  readonly installs?: Installs
  /** Where it was learnt, in words. */
  readonly source: string
}

/** What a server.json or a plan says before inputs and settings have their say. */
interface Told extends Omit<StartOption, 'http'> {
  readonly http?: {readonly path?: string; readonly port?: number}
}

/**
 * The ways to start an artifact, in the order of trying. Inputs win over settings, those over what the plan learnt, and
 * without a plan over the entry of server.json that the artifact is.
 */
export function startOptions(
  candidate: Candidate,
  {settings, planned}: {readonly settings: Settings; readonly planned: Planned | undefined},
): readonly StartOption[] {
  const {content} = candidate
  const entry = planned === undefined ? entryOf(settings.serverJson, candidate) : undefined
  const told = planned === undefined ? [toldByEntry(entry)] : toldByPlan(planned, settings)
  const options = told.map(each => completed(each, {content, settings, planned}))
  return [
    ...new Map(options.map(each => [JSON.stringify([each.args, each.env, each.http, each.installs]), each])).values(),
  ]
}

function toldByEntry(entry: StartablePackage | undefined): Told {
  if (entry === undefined) return {args: [], env: {}, source: 'nothing says how it is started'}
  const {args, env, http} = startValues(entry)
  return {args, env, ...(http === undefined ? {} : {http}), source: 'server.json'}
}

const bare: Told = {args: [], env: {}, source: 'without arguments'}

function toldByPlan({recipes, settings: own}: Planned, {serverArgs}: Settings): readonly Told[] {
  const told = recipes.map(toldByRecipe)
  if (told.length === 0) return [bare]
  // Arguments that somebody chose are not second-guessed; instructions may be out of date.
  const isChosen = own.args !== undefined || serverArgs.length > 0 || told[0]?.http !== undefined
  const [first] = told
  const installs = first?.installs === undefined ? {} : {installs: first.installs}
  return isChosen ? told : [...told, {...bare, env: first?.env ?? {}, ...installs}, {...bare, ...installs}]
}

function toldByRecipe({args, env, transport, path, port, source, extras, with: beside}: StartRecipe): Told {
  const installs = {...(extras === undefined ? {} : {extras}), ...(beside === undefined ? {} : {with: beside})}
  return {
    ...(Object.keys(installs).length === 0 ? {} : {installs}),
    args: args.map(({value}) => value),
    env: Object.fromEntries(Object.entries(env).map(([name, {value}]) => [name, value])),
    ...(transport === 'http'
      ? {http: {...(path === undefined ? {} : {path}), ...(port === undefined ? {} : {port})}}
      : {}),
    source,
  }
}

function completed(
  told: Told,
  {
    content,
    settings,
    planned,
  }: {readonly content: Content; readonly settings: Settings; readonly planned: Planned | undefined},
): StartOption {
  const own = planned?.settings ?? {}
  const {serverArgs, serverEnv, transport: asked, httpPath} = settings
  const args = (serverArgs.length > 0 ? serverArgs : (own.args ?? told.args)).map(text => inside(content, text))
  const env = Object.fromEntries(
    Object.entries({...told.env, ...own.env, ...serverEnv}).map(([name, text]) => [name, inside(content, text)]),
  )
  const transport = asked === 'auto' ? (own.transport ?? 'auto') : asked
  const source = serverArgs.length > 0 ? 'the input server-args' : told.source
  const plain = {args, env, source, ...(told.installs === undefined ? {} : {installs: told.installs})}
  if (transport !== 'http' && (transport !== 'auto' || told.http === undefined)) return plain
  const isPlaced = [...args, ...Object.values(env)].some(text => text.includes(places.port))
  const port = isPlaced ? undefined : told.http?.port
  const path = httpPath ?? own['http-path'] ?? told.http?.path ?? '/mcp'
  return {
    ...plain,
    http: {path, hasPort: isPlaced || port !== undefined, ...(port === undefined ? {} : {port})},
  }
}

// A container sees no folder of this machine, but has these.
function inside({kind}: Content, text: string): string {
  return kind === 'image' ? text.replaceAll(places.folder, '/tmp').replaceAll(places.file, '/etc/hosts') : text
}

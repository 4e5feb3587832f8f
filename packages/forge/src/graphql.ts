import {GraphqlError, parseQuery, type Field} from './graphql-query'
import {latestRelease} from './latest'
import {repositoryKey, type Release, type Repository, type World} from './model'
import {findByPendingTag} from './releases'
import {releaseJson, releasePage, type Addresses} from './representation'
import type {Reply} from './reply'

type Args = Readonly<Record<string, unknown>>

interface GraphObject {
  readonly type: string
  readonly values: Readonly<Record<string, (args: Args) => unknown>>
}

interface Context {
  readonly world: World
  readonly at: Addresses
  /** Drafts are for those who may write. */
  readonly write: boolean
}

const isObject = (value: unknown): value is GraphObject =>
  typeof value === 'object' && value !== null && 'type' in value && 'values' in value

function releaseObject(repository: Repository, release: Release, at: Addresses): GraphObject {
  const shown = releaseJson(repository, release, at)
  return {
    type: 'Release',
    values: {
      databaseId: () => release.id,
      id: () => shown['node_id'],
      tagName: () => release.tagName,
      name: () => release.name,
      description: () => release.body,
      isDraft: () => release.draft,
      isPrerelease: () => release.prerelease,
      isLatest: () => latestRelease(repository) === release,
      immutable: () => release.immutable,
      createdAt: () => shown['created_at'],
      publishedAt: () => shown['published_at'],
      updatedAt: () => shown['updated_at'],
      url: () => releasePage(repository, release, at),
    },
  }
}

function repositoryObject(repository: Repository, context: Context): GraphObject {
  const show = (release: Release | undefined): GraphObject | null =>
    release === undefined || (release.draft && !context.write) ? null : releaseObject(repository, release, context.at)
  return {
    type: 'Repository',
    values: {
      databaseId: () => repository.id,
      name: () => repository.name,
      nameWithOwner: () => `${repository.owner}/${repository.name}`,
      release: args => show(findByPendingTag(repository, text(args, 'tagName'))),
      latestRelease: () => show(latestRelease(repository)),
    },
  }
}

function text(args: Args, name: string): string {
  const value = args[name]
  if (typeof value !== 'string') throw new GraphqlError(`Argument '${name}' needs a String!`)
  return value
}

class NotFound extends GraphqlError {}

const root = (context: Context): GraphObject => ({
  type: 'Query',
  values: {
    repository: args => {
      const [owner, name] = [text(args, 'owner'), text(args, 'name')]
      const found = context.world.repositories.get(repositoryKey(owner, name))
      if (found === undefined) throw new NotFound(`Could not resolve to a Repository with the name '${owner}/${name}'.`)
      return repositoryObject(found, context)
    },
  },
})

function select(object: GraphObject, fields: readonly Field[]): Record<string, unknown> {
  const entries = fields.map(field => {
    if (field.name === '__typename') return [field.alias, object.type] as const
    const read = object.values[field.name]
    if (read === undefined) throw new GraphqlError(`Field '${field.name}' doesn't exist on type '${object.type}'`)
    const value = read(field.args)
    if (isObject(value) !== (field.fields !== undefined) && value !== null)
      throw new GraphqlError(`Field '${field.name}' has a wrong selection`)
    return [field.alias, isObject(value) ? select(value, field.fields ?? []) : value] as const
  })
  return Object.fromEntries(entries)
}

function readRequest(body: unknown): {query: string; variables: Args} {
  const given = (typeof body === 'object' && body !== null ? body : {}) as {query?: unknown; variables?: unknown}
  if (typeof given.query !== 'string')
    throw new GraphqlError('A query attribute must be specified and must be a string.')
  return {query: given.query, variables: (given.variables ?? {}) as Args}
}

/** Answers a GraphQL request about releases; like GitHub with status 200, also for a query it cannot answer. */
export function answerGraphql(context: Context, body: unknown): Reply {
  try {
    const {query, variables} = readRequest(body)
    return {status: 200, json: {data: select(root(context), parseQuery(query, variables))}}
  } catch (error) {
    if (!(error instanceof GraphqlError)) throw error
    const missing = error instanceof NotFound
    const details = missing ? {type: 'NOT_FOUND', path: ['repository']} : {}
    return {
      status: 200,
      json: {...(missing ? {data: {repository: null}} : {}), errors: [{...details, message: error.message}]},
    }
  }
}

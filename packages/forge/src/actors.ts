import {ApiError} from './errors'

/** A token that the forge accepts; a plain string may write. */
export type TokenSeed = string | {readonly token: string; readonly login?: string; readonly contents: 'read' | 'write'}

/** Who sends a request. */
export interface Actor {
  /** Undefined for somebody without a token, who may read what is public. */
  readonly token: string | undefined
  readonly login: string
  readonly write: boolean
}

const bot = 'github-actions[bot]'

/** Finds out who sends a request; without a list of tokens any token may write. */
export function authenticate(header: string | undefined, seeds: readonly TokenSeed[] | undefined): Actor {
  const token = /^(?:token|bearer) +(\S+)$/i.exec(header ?? '')?.[1]
  if (header === undefined) return {token, login: '', write: false}
  if (token === undefined) throw new ApiError(401, 'Bad credentials')
  if (seeds === undefined) return {token, login: bot, write: true}
  const seed = seeds.find(one => (typeof one === 'string' ? one : one.token) === token)
  if (seed === undefined) throw new ApiError(401, 'Bad credentials')
  if (typeof seed === 'string') return {token, login: bot, write: true}
  return {token, login: seed.login ?? bot, write: seed.contents === 'write'}
}

/**
 * Refuses a mutation without a token, or with one that may only read; then the permission is named as GitHub does.
 * GraphQL takes nobody without a token.
 */
export function requirePermission(actor: Actor, {mutation, graphql}: {mutation: boolean; graphql: boolean}): void {
  if (actor.token === undefined && (mutation || graphql)) throw new ApiError(401, 'Requires authentication')
  if (!mutation || actor.write) return
  throw new ApiError(403, 'Resource not accessible by integration', {
    headers: {'x-accepted-github-permissions': 'contents=write'},
  })
}

import {matchOperation, type Match} from './openapi'
import type {Addresses} from './representation'

/** What the address of a request means. */
export type Target =
  | {readonly kind: 'api'; readonly operationId: string; readonly match: Match}
  | {readonly kind: 'graphql'; readonly operationId: 'graphql'}
  | {
      readonly kind: 'download'
      readonly operationId: 'download'
      readonly owner: string
      readonly repo: string
      /** Undefined for the latest release. */
      readonly tag: string | undefined
      readonly name: string
    }
  | {readonly kind: 'unknown'; readonly operationId: undefined}

/** The addresses below an origin, as on github.com or as on an enterprise server. */
export function addressesBelow(origin: string, enterprise: boolean): Addresses {
  return enterprise
    ? {api: `${origin}/api/v3`, graphql: `${origin}/api/graphql`, uploads: `${origin}/api/uploads`, web: origin}
    : {api: origin, graphql: `${origin}/graphql`, uploads: `${origin}/uploads`, web: origin}
}

const uploadId = 'repos/upload-release-asset'

function below(base: string, address: string): string | undefined {
  return address.startsWith(`${base}/`) ? address.slice(base.length) : undefined
}

function apiTarget(method: string, path: string | undefined, uploads: boolean): Target | undefined {
  const match = path === undefined ? undefined : matchOperation(method, path)
  const operationId = match?.operation.operationId
  // Uploads have an origin of their own: elsewhere the operation does not exist.
  if (match === undefined || operationId === undefined || (operationId === uploadId) !== uploads) return undefined
  return {kind: 'api', operationId, match}
}

const releaseFile = /^\/([^/]+)\/([^/]+)\/releases\/(?:latest\/download|download\/(.+))\/([^/]+)$/

function downloadTarget(method: string, path: string): Target | undefined {
  const found = releaseFile.exec(path)
  if (found === null || (method !== 'GET' && method !== 'HEAD')) return undefined
  try {
    const [owner = '', repo = '', tag, name = ''] = found
      .slice(1)
      .map(part => part as string | undefined)
      .map(decoded)
    return {kind: 'download', operationId: 'download', owner, repo, tag, name}
  } catch {
    return undefined
  }
}

const decoded = (part: string | undefined): string | undefined => (part === undefined ? part : decodeURIComponent(part))

/** Finds out what a request is for. */
export function locate(method: string, url: URL, at: Addresses): Target {
  const address = `${url.origin}${url.pathname}`
  if (address === at.graphql && method === 'POST') return {kind: 'graphql', operationId: 'graphql'}
  return (
    apiTarget(method, below(at.uploads, address), true) ??
    apiTarget(method, below(at.api, address), false) ??
    downloadTarget(method, url.pathname) ?? {kind: 'unknown', operationId: undefined}
  )
}

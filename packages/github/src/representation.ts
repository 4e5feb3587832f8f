import {noAnswer} from './call-failure'
import type {Asset, Release} from './release'

type Json = Readonly<Record<string, unknown>>

function objectOf(value: unknown, call: string): Json {
  // An answer that broke off arrives as text or as nothing.
  if (typeof value !== 'object' || value === null) throw noAnswer(call, 'the answer is not whole')
  return value as Json
}

function arrayOf(value: unknown, call: string): readonly unknown[] {
  if (!Array.isArray(value)) throw noAnswer(call, 'the answer is no whole list')
  return value
}

function idOf(json: Json, call: string): number {
  if (typeof json['id'] !== 'number') throw noAnswer(call, 'the answer has no id')
  return json['id']
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Reads a release from the forge's JSON; what is no release counts as no answer. */
export function readRelease(value: unknown, call: string): Release {
  const json = objectOf(value, call)
  return {
    id: idOf(json, call),
    tag: text(json['tag_name']),
    name: text(json['name']),
    body: text(json['body']),
    draft: json['draft'] === true,
    prerelease: json['prerelease'] === true,
    immutable: json['immutable'] === true,
    url: text(json['html_url']),
    uploadUrl: text(json['upload_url']),
    assets: json['assets'] === undefined ? [] : readAssets(json['assets'], call),
  }
}

/** Reads a list of releases. */
export function readReleases(value: unknown, call: string): readonly Release[] {
  return arrayOf(value, call).map(each => readRelease(each, call))
}

/** Reads an asset from the forge's JSON. */
export function readAsset(value: unknown, call: string): Asset {
  const json = objectOf(value, call)
  const [, sha256] = /^sha256:([0-9a-f]{64})$/.exec(text(json['digest'])) ?? []
  return {
    id: idOf(json, call),
    name: text(json['name']),
    label: text(json['label']) || undefined,
    state: text(json['state']),
    size: typeof json['size'] === 'number' ? json['size'] : -1,
    sha256,
    url: text(json['browser_download_url']),
  }
}

/** Reads a list of assets. */
export function readAssets(value: unknown, call: string): readonly Asset[] {
  return arrayOf(value, call).map(each => readAsset(each, call))
}

/** The text of generated notes. */
export function readNotes(value: unknown, call: string): string {
  const {body} = objectOf(value, call)
  if (typeof body !== 'string') throw noAnswer(call, 'the answer has no notes')
  return body
}

/** The id of the release that a GraphQL query found; `undefined` for none, and where the server cannot say. */
export function readPendingId(value: unknown, call: string): number | undefined {
  const {data} = objectOf(value, call) as {
    readonly data?: {readonly repository?: {readonly release?: unknown} | null} | null
  }
  const found = (data?.repository?.release ?? {}) as {readonly databaseId?: unknown}
  return typeof found.databaseId === 'number' ? found.databaseId : undefined
}

/** What a ref or an annotated tag stands for: a commit, or another tag. */
export function readTagged(value: unknown, call: string): {readonly sha: string; readonly type: string} {
  const {sha, type} = objectOf(objectOf(value, call)['object'], call)
  if (typeof sha !== 'string' || typeof type !== 'string') throw noAnswer(call, 'the answer names no object')
  return {sha, type}
}

import {join} from 'node:path'
import {type Host, InputError, askGit, sourceDate} from '@mcp-release/action-kit'
import {textIfThere} from '@mcp-release/release-model'
import type {Request} from './inputs'

/** What the checkout and the runner say about the image. */
export interface Facts {
  /** Seconds since 1970. */
  readonly time: number
  /** 40 hex digits. */
  readonly revision?: string
  /** Where the sources are, as a URL. */
  readonly source?: string
  /** SPDX expression of the manifest beside the Containerfile. */
  readonly license?: string
  readonly server?: ServerFacts
}

/** What server.json says. */
export interface ServerFacts {
  readonly name: string
  readonly title?: string
  readonly description?: string
}

/** Collects what becomes labels; `given` is the input `source-date`. */
export async function readFacts(host: Host, request: Request, given: number | undefined): Promise<Facts> {
  const {directory} = request
  const time = await sourceDate(host, given, directory)
  const revision = await commitOf(host, directory)
  const {GITHUB_SERVER_URL: site, GITHUB_REPOSITORY: repository} = host.env
  const license = await licenseOf(host, directory)
  const server = await serverOf(host, directory)
  return {
    time,
    ...(revision === undefined ? {} : {revision}),
    ...(site && repository ? {source: `${site}/${repository}`} : {}),
    ...(license === undefined ? {} : {license}),
    ...(server === undefined ? {} : {server}),
  }
}

async function commitOf(host: Host, directory: string): Promise<string | undefined> {
  const texts = [(await askGit(host, directory, ['rev-parse', 'HEAD']))?.trim(), host.env['GITHUB_SHA']]
  return texts.find(text => text !== undefined && /^[0-9a-f]{40,64}$/.test(text))
}

// npm also allows UNLICENSED and SEE LICENSE IN …, which are no SPDX expressions.
// Cargo.toml and pyproject.toml (PEP 639) have the same line; a table such as {file = …} is not an expression.
async function licenseOf(host: Host, directory: string): Promise<string | undefined> {
  const manifest = await textIfThere(host, join(directory, 'package.json'))
  const license = manifest === undefined ? undefined : readObject('package.json', manifest)['license']
  if (typeof license === 'string' && !/LICENSE/.test(license)) return license
  for (const name of ['pyproject.toml', 'Cargo.toml']) {
    const found = /^license\s*=\s*"([^"\n]+)"/m.exec((await textIfThere(host, join(directory, name))) ?? '')?.[1]
    if (found !== undefined) return found
  }
  return undefined
}

async function serverOf(host: Host, directory: string): Promise<ServerFacts | undefined> {
  const text = await textIfThere(host, join(directory, 'server.json'))
  if (text === undefined) return undefined
  const {name, title, description} = readObject('server.json', text)
  if (typeof name !== 'string') throw new InputError(['server.json: has no name'])
  return {
    name,
    ...(typeof title === 'string' ? {title} : {}),
    ...(typeof description === 'string' ? {description} : {}),
  }
}

function readObject(file: string, text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // said below
  }
  throw new InputError([`${file}: is not a JSON object`])
}

import {afterEach} from '@jest/globals'
import type {RepositorySeed} from './model'
import {startForge, type Forge, type ForgeOptions} from './server'

/** Two commits that the tests tag. */
export const commits = {first: 'a'.repeat(40), second: 'b'.repeat(40)} as const

/** The parts of an answer that tests look at. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown>
  readonly list: readonly Record<string, unknown>[]
}

/** A forge with one repository, o/r, and a plain client for it. */
export interface TestForge {
  readonly forge: Forge
  readonly call: (method: string, path: string, body?: unknown) => Promise<Answer>
  /** Creates a release and returns its id. */
  readonly create: (body: Record<string, unknown>) => Promise<number>
  readonly upload: (release: number, name: string, content?: string, label?: string) => Promise<Answer>
  /** For a test that closes the forge itself. */
  readonly forget: () => void
}

const open: Forge[] = []

afterEach(async () => {
  for (const forge of open.splice(0)) await forge.close()
})

async function answer(response: Response): Promise<Answer> {
  const text = await response.text()
  const parsed: unknown = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : {}
  const list = (Array.isArray(parsed) ? parsed : []) as Record<string, unknown>[]
  return {status: response.status, headers: response.headers, body: parsed as Record<string, unknown>, list}
}

/** Starts a forge that is closed after the test; o/r has the branch main and the tag v1.0.0. */
export async function testForge(
  options: Partial<ForgeOptions> & Pick<RepositorySeed, 'immutableReleases' | 'tagObjects'> = {},
): Promise<TestForge> {
  const forge = await startForge({
    repositories: [
      {
        owner: 'o',
        name: 'r',
        branches: {main: commits.second},
        tags: {'v1.0.0': commits.first},
        immutableReleases: options.immutableReleases ?? false,
        discussionCategories: ['News'],
        ...(options.tagObjects === undefined ? {} : {tagObjects: options.tagObjects}),
      },
    ],
    ...options,
  })
  open.push(forge)
  const headers = {authorization: 'token t', 'content-type': 'application/json'}
  const call = async (method: string, path: string, body?: unknown): Promise<Answer> =>
    answer(
      await fetch(`${forge.url}/repos/o/r${path}`, {
        method,
        headers,
        body: body === undefined ? null : JSON.stringify(body),
      }),
    )
  return {
    forge,
    call,
    forget: () => void open.splice(open.indexOf(forge), 1),
    create: async body => Number((await call('POST', '/releases', body)).body['id']),
    upload: async (release, name, content = 'content', label) => {
      const shown = await call('GET', `/releases/${release}`)
      const url = new URL(String(shown.body['upload_url']).replace('{?name,label}', ''))
      url.searchParams.set('name', name)
      if (label !== undefined) url.searchParams.set('label', label)
      return answer(
        await fetch(url, {method: 'POST', headers: {...headers, 'content-type': 'text/plain'}, body: content}),
      )
    },
  }
}

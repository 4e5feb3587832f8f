import {execFileSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {Ajv} from 'ajv'
import formats from 'ajv-formats'
import {currentSchema, followsPublishedSchema, readServerJson} from './index'

// The registry's own module holds the published schema and its documents with examples.
const registry = 'github.com/modelcontextprotocol/registry@v1.8.8'
const module_ = JSON.parse(
  execFileSync('go', ['mod', 'download', '-json', registry], {
    encoding: 'utf8',
    env: {...process.env, GOFLAGS: '-mod=mod'},
  }),
) as {readonly Dir: string}
const published = JSON.parse(
  readFileSync(join(module_.Dir, 'internal/validators/schemas/2025-12-11.json'), 'utf8'),
) as Record<string, unknown>
const ajv = new Ajv({strict: false, allErrors: true})
// CommonJS: its default export is a property of what is imported.
const addFormats = formats as unknown as {readonly default: (ajv: Ajv) => unknown}
addFormats.default(ajv)
const follows = ajv.compile(published)

type Json = string | number | boolean | null | readonly Json[] | {readonly [key: string]: Json}

/** Whole documents out of the Markdown of the registry. */
function examples(): readonly Json[] {
  const text = readFileSync(join(module_.Dir, 'docs/reference/server-json/generic-server-json.md'), 'utf8')
  const blocks = [...text.matchAll(/^```json\n([\s\S]*?)^```/gm)].map(match => match[1] ?? '')
  const found: Json[] = []
  for (const block of blocks) {
    try {
      found.push(JSON.parse(block) as Json)
    } catch {
      // A part of a document, with dots for the rest.
    }
  }
  return found.filter(
    each =>
      (typeof each === 'object' && each !== null && 'packages' in each) || JSON.stringify(each).includes('remotes'),
  )
}

const values: readonly Json[] = [
  '', 'x', 'a b', 'latest', '1.0.0', '^1.2.3', 'io.github.a/b', 'a/b/c', 'https://example.com/mcp', 'http://localhost:1/{x}',
  'not a url', 'stdio', 'sse', 'named', 'positional', 'image/png', '48x48', 'any', 'dark', 'a'.repeat(64), 'é'.repeat(100),
  '😀'.repeat(100), 'x'.repeat(101), 'x'.repeat(201), 'x'.repeat(256), 8080, 1.5, true, false, null, [], ['x'], [1], {}, {type: 'stdio'},
] // prettier-ignore

/** Every document that differs in one place: a value that was replaced, or a key that was left out. */
function* mutations(document: Json): Generator<Json> {
  if (Array.isArray(document)) {
    for (const [at, each] of (document as readonly Json[]).entries())
      for (const changed of variants(each))
        yield (document as Json[]).map((old, index) => (index === at ? changed : old))
  } else if (isObject(document)) {
    for (const [key, each] of Object.entries(document)) {
      const {[key]: _, ...rest} = document
      yield rest
      for (const changed of variants(each)) yield {...document, [key]: changed}
    }
  }
}

function isObject(value: Json): value is {readonly [key: string]: Json} {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function* variants(value: Json): Generator<Json> {
  yield* values
  yield* mutations(value)
}

test('the model says of documents and of thousands of broken ones what the published schema says', () => {
  const documents = examples()
  expect(documents.length).toBeGreaterThanOrEqual(10)
  const wrong: string[] = []
  let compared = 0
  let valid = 0
  for (const document of documents) {
    for (const each of [document, ...mutations(document)]) {
      const verdict = follows(each)
      compared++
      if (verdict) valid++
      if (followsPublishedSchema(each) !== verdict)
        wrong.push(`${verdict ? 'valid' : 'invalid'}: ${JSON.stringify(each)} ${ajv.errorsText(follows.errors)}`)
    }
  }
  expect(wrong.slice(0, 5)).toEqual([])
  expect(compared).toBeGreaterThan(5000)
  expect(valid).toBeGreaterThan(500)
})

test('the schema that is followed is the one of that name', () => {
  expect(published['$id']).toBe(currentSchema)
})

test('every example of the registry with one of its schemas passes its rules, too', () => {
  const documents = examples().filter(each => JSON.stringify(each).includes('"$schema"'))
  const errors = documents
    .flatMap(each => readServerJson(JSON.stringify(each)).findings)
    .filter(({level}) => level === 'error')
  expect(errors).toEqual([])
})

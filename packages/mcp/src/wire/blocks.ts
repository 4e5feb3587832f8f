import {z} from 'zod'

// What both eras have in common, as the schemas say that the specification publishes for each version
// (https://github.com/modelcontextprotocol/modelcontextprotocol/tree/main/schema) and as the official clients read them.
// Members that are not named here may be anything.

const text = z.string()

/** A text that may be left out; `null` is another thing than leaving out. */
export const words = text.optional()
const flag = z.boolean().optional()

/** Any object. */
export const anything = z.record(z.string(), z.unknown())
const meta = anything.optional()

const icon = z.object({
  src: text,
  mimeType: words,
  sizes: z.array(text).optional(),
  theme: z.enum(['light', 'dark']).optional(),
})
const named = {name: text, title: words, icons: z.array(icon).optional()}

/** `serverInfo`. */
export const implementation = z.object({...named, version: text, websiteUrl: words, description: words})

/** What a server of either era may declare. */
export const capabilities = {
  experimental: z.record(z.string(), anything).optional(),
  extensions: z.record(z.string(), anything).optional(),
  logging: meta,
  completions: meta,
  prompts: z.object({listChanged: flag}).optional(),
  resources: z.object({subscribe: flag, listChanged: flag}).optional(),
  tools: z.object({listChanged: flag}).optional(),
}

const base64 = text.refine(isBase64, {error: 'is not Base64'})
const annotations = z
  .object({
    audience: z.array(z.enum(['user', 'assistant'])).optional(),
    priority: z.number().min(0).max(1).optional(),
    lastModified: z.iso.datetime({offset: true, error: 'is not a date and time with time zone, ISO 8601'}).optional(),
  })
  .optional()

const described = {...named, description: words, annotations, mimeType: words, _meta: meta}

// The official Python clients refuse a fraction, as the schema does.
const bytes = z.number().refine(Number.isInteger, {error: 'expected a whole number'})

/** An item of `resources/list`. */
export const resource = z.object({...described, uri: text, size: bytes.optional()})

/** A URI as the schema has it: absolute. The official Python client of version 1 refuses a list with any other. */
export const absolute = z.object({
  uri: text.refine(uri => URL.canParse(uri), {error: 'is not an absolute URI, and clients refuse the list'}),
})

/** An item of `resources/templates/list`. */
export const resourceTemplate = z.object({...described, uriTemplate: text})

/** An item of `prompts/list`. */
export const prompt = z.object({
  ...named,
  description: words,
  arguments: z.array(z.object({name: text, title: words, description: words, required: flag})).optional(),
  _meta: meta,
})

/** An item of `tools/list`, without its schemas, in which the eras differ. */
export const tool = z.object({
  ...named,
  description: words,
  annotations: z
    .object({title: words, readOnlyHint: flag, destructiveHint: flag, idempotentHint: flag, openWorldHint: flag})
    .optional(),
  _meta: meta,
})

const contents = z.object({uri: text, mimeType: words, _meta: meta})
const embedded = z.union([contents.extend({text}), contents.extend({blob: base64})], {
  error: 'is neither a resource with a text nor one with a blob in Base64',
})
const block = {annotations, _meta: meta}

/** What the answer of a tool is made of. */
export const content = z.discriminatedUnion(
  'type',
  [
    z.object({...block, type: z.literal('text'), text}),
    z.object({...block, type: z.literal('image'), data: base64, mimeType: text}),
    z.object({...block, type: z.literal('audio'), data: base64, mimeType: text}),
    resource.extend({type: z.literal('resource_link')}),
    z.object({...block, type: z.literal('resource'), resource: embedded}),
  ],
  {
    error: 'is not text, image, audio, resource_link or resource',
  },
)

/** A page of a list. */
export const page = {nextCursor: words}

// As clients decode it, who care little about padding.
function isBase64(value: string): boolean {
  try {
    atob(value)
    return true
  } catch {
    return false
  }
}

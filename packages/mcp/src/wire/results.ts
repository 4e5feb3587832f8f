import {z} from 'zod'
import {isObject} from '../message'
import {printable} from '../printable'
import {
  absolute,
  anything,
  capabilities,
  content,
  implementation,
  page,
  prompt,
  resource,
  resourceTemplate,
  tool,
  words,
} from './blocks'

/** How a server is spoken to: with `initialize`, or as since 2026-07-28. */
export type Era = 'legacy' | 'modern'

/** The requests whose results are judged. */
export type Method =
  | 'initialize'
  | 'server/discover'
  | 'tools/list'
  | 'tools/call'
  | 'resources/list'
  | 'resources/templates/list'
  | 'prompts/list'

const dialect = {$schema: z.string().optional()}
const objectSchema = z.object({
  ...dialect,
  type: z.literal('object'),
  properties: z.record(z.string(), anything).optional(),
  required: z.array(z.string()).optional(),
})

const legacyMeta = z
  .looseObject({
    progressToken: z.union([z.string(), z.int()]).optional(),
    'io.modelcontextprotocol/related-task': z.object({taskId: z.string()}).optional(),
  })
  .optional()
const taskRequests = z.object({tools: z.object({call: anything.optional()}).optional()})
const tasks = z.object({list: anything.optional(), cancel: anything.optional(), requests: taskRequests.optional()})

// schema/2025-11-25/schema.json; the official clients read all older versions by it as well.
const legacyTool = tool.extend({
  inputSchema: objectSchema,
  outputSchema: objectSchema.optional(),
  execution: z.object({taskSupport: z.enum(['required', 'optional', 'forbidden']).optional()}).optional(),
})
const legacy: Partial<Record<Method, z.ZodObject>> = {
  initialize: z.object({
    protocolVersion: z.string(),
    capabilities: z.object({...capabilities, tasks: tasks.optional()}),
    serverInfo: implementation,
    instructions: words,
  }),
  'tools/list': z.object({...page, tools: z.array(legacyTool)}),
  'tools/call': z.object({
    content: z.array(content),
    structuredContent: anything.optional(),
    isError: z.boolean().optional(),
  }),
  'resources/list': z.object({...page, resources: z.array(resource)}),
  'resources/templates/list': z.object({...page, resourceTemplates: z.array(resourceTemplate)}),
  'prompts/list': z.object({...page, prompts: z.array(prompt)}),
}

const modernMeta = anything.optional()

// schema/2026-07-28/schema.json, CacheableResult
const cached = {
  ttlMs: z.int().min(0),
  cacheScope: z.enum(['public', 'private']),
}
const complete = {resultType: z.literal('complete', {error: ({input}) => resultTypeError(input)})}
const modernTool = tool.extend({
  inputSchema: z.object({...dialect, type: z.literal('object')}),
  outputSchema: z.object(dialect).optional(),
})
const discover = {
  supportedVersions: z.array(z.string()),
  capabilities: z.object(capabilities),
  instructions: words,
}
const modern: Partial<Record<Method, z.ZodObject>> = {
  'server/discover': z.object(discover),
  'tools/list': z.object({...complete, ...cached, ...page, tools: z.array(modernTool)}),
  'tools/call': z.object({...complete, content: z.array(content), isError: z.boolean().optional()}),
  'resources/list': z.object({...complete, ...cached, ...page, resources: z.array(resource)}),
  'resources/templates/list': z.object({
    ...complete,
    ...cached,
    ...page,
    resourceTemplates: z.array(resourceTemplate),
  }),
  'prompts/list': z.object({...complete, ...cached, ...page, prompts: z.array(prompt)}),
}
// What the schemas demand and most clients of today do without.
const demanded: Readonly<Record<Era, Partial<Record<Method, z.ZodObject>>>> = {
  legacy: {'resources/list': z.object({resources: z.array(absolute)})},
  modern: {
    'server/discover': z.object({
      ...complete,
      ...cached,
      _meta: z.object({'io.modelcontextprotocol/serverInfo': implementation.optional()}).optional(),
    }),
    'resources/list': z.object({resources: z.array(absolute)}),
  },
}

/** A place in a result, and what is wrong there. */
export interface Finding {
  readonly path: readonly PropertyKey[]
  /** Safe in a log. */
  readonly text: string
}

/** What official clients of the era refuse in a result; empty when they take it. */
export function refusals(era: Era, method: Method, result: unknown): readonly Finding[] {
  const own = (era === 'modern' ? modern : legacy)[method]
  const common = z.object({_meta: era === 'modern' ? modernMeta : legacyMeta})
  return own === undefined ? [] : judge(common.extend(own.shape), result)
}

/** What the specification of the era demands beyond that. */
export function omissions(era: Era, method: Method, result: unknown): readonly Finding[] {
  const own = demanded[era][method]
  return own === undefined ? [] : judge(own, result)
}

const shown = 5

/** Findings in words, the first ones. */
export function refusalWords(found: readonly Finding[]): readonly string[] {
  const words = found.slice(0, shown).map(({text}) => text)
  return found.length > shown ? [...words, `and ${found.length - shown} more`] : words
}

function judge(expected: z.ZodObject, result: unknown): readonly Finding[] {
  const {error} = expected.safeParse(result)
  return (error?.issues ?? []).map(({path, message}) => ({path, text: describe(path, message, result)}))
}

function describe(path: readonly PropertyKey[], message: string, result: unknown): string {
  const place = path.map((step, index) => label(path, index, {step, result})).join('')
  const words = message
    .replace(/^Invalid (?:input|option): |^Too (?:small|big): /, '')
    .replace(/, received undefined$/, '')
  const missing = path.length > 0 && at(result, path) === undefined ? 'is missing, ' : ''
  return `${place === '' ? 'the result' : place.replace(/^\./, '')}: ${missing}${words}`
}

function at(result: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], result)
}

// `tools[1] "add".title`: people know items by their names.
function label(
  path: readonly PropertyKey[],
  index: number,
  {step, result}: {readonly step: PropertyKey; readonly result: unknown},
): string {
  if (typeof step !== 'number') return `.${printable(String(step), 60)}`
  const item = at(result, path.slice(0, index + 1))
  const name = isObject(item) ? (item['name'] ?? item['uri']) : undefined
  return `[${step}]${typeof name === 'string' ? ` "${printable(name, 60)}"` : ''}`
}

function resultTypeError(input: unknown): string {
  return input === undefined
    ? 'expected "complete"'
    : `expected "complete", got ${printable(JSON.stringify(input), 60)}`
}

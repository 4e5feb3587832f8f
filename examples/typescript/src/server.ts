import {type CallToolResult, McpServer} from '@modelcontextprotocol/server'
import {z} from 'zod'

import {about} from './about.js'
import {countText} from './count.js'
import {diffLines} from './diff.js'
import {findMatches} from './pattern.js'
import {slugify} from './slug.js'
import {TextError} from './text-error.js'

const annotations = {readOnlyHint: true, idempotentHint: true, openWorldHint: false}
const text = z.string().max(1_000_000)

/** Builds the server with all its tools. */
export function createServer(): McpServer {
  const server = new McpServer({name: about.name, title: 'Text tools', version: about.version})
  addDiff(server)
  addCount(server)
  addSlug(server)
  addPattern(server)
  return server
}

function addDiff(server: McpServer): void {
  server.registerTool(
    'diff_texts',
    {
      description: 'Compare two texts line by line; lines begin with "-" (only before), "+" (only after) or a space.',
      inputSchema: z.object({before: text, after: text}),
      outputSchema: z.object({equal: z.boolean(), added: z.number(), removed: z.number(), diff: z.string()}),
      annotations,
    },
    ({before, after}) =>
      answer(() => {
        const lines = diffLines(before, after)
        const added = lines.filter(line => line.kind === '+').length
        const removed = lines.filter(line => line.kind === '-').length
        const diff = lines.map(line => line.kind + line.text).join('\n')
        return {equal: added + removed === 0, added, removed, diff}
      }),
  )
}

function addCount(server: McpServer): void {
  const count = z.number().int()
  server.registerTool(
    'count_text',
    {
      description: 'Count the UTF-8 bytes, code points, graphemes (what a reader sees), words and lines of a text.',
      inputSchema: z.object({text}),
      outputSchema: z.object({bytes: count, codePoints: count, graphemes: count, words: count, lines: count}),
      annotations,
    },
    input => answer(() => ({...countText(input.text)})),
  )
}

function addSlug(server: McpServer): void {
  const maxLength = z.number().int().min(1).max(200).default(80).describe('Longest slug to return')
  server.registerTool(
    'slugify',
    {
      description: 'Turn a title into an ASCII slug for URLs and file names.',
      inputSchema: z.object({text, maxLength}),
      outputSchema: z.object({slug: z.string()}),
      annotations,
    },
    input => answer(() => ({slug: slugify(input.text, input.maxLength)})),
  )
}

function addPattern(server: McpServer): void {
  server.registerTool(
    'match_pattern',
    {
      description: 'Try a JavaScript regular expression on a text and list what it matches.',
      inputSchema: z.object({
        pattern: z.string().min(1).max(2000),
        flags: z
          .string()
          .regex(/^[gimsuvy]*$/)
          .default('')
          .describe('Any of i, m, s, u, v, y; g is implied'),
        text,
        limit: z.number().int().min(1).max(1000).default(100).describe('Matches to list at most'),
      }),
      outputSchema: z.object({
        matches: z.array(z.object({index: z.number(), text: z.string(), groups: z.array(z.string().nullable())})),
      }),
      annotations,
    },
    input => answer(() => ({matches: findMatches(input.pattern, input.flags, input.text, input.limit)})),
  )
}

/** Runs a tool; a mistake of the caller becomes a result that the model can read and act on. */
function answer(run: () => Record<string, unknown>): CallToolResult {
  try {
    const structuredContent = run()
    return {content: [{type: 'text', text: JSON.stringify(structuredContent)}], structuredContent}
  } catch (error) {
    if (!(error instanceof TextError)) throw error
    return {content: [{type: 'text', text: error.message}], isError: true}
  }
}

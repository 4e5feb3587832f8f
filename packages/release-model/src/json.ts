import {InputError} from '@mcp-release/action-kit/errors'
import {z} from 'zod'

/** JSON as it is committed and released: two spaces, a newline at the end. */
export function formatJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}

/** Reads JSON of a known shape; throws an `InputError` whose problems name `file`, the place and what is wrong. */
export function parseJson<S extends z.ZodType>(
  schema: S,
  {file, text}: {readonly file: string; readonly text: string},
): z.infer<S> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new InputError([`${file}: is not valid JSON (${error instanceof Error ? error.message : String(error)})`])
  }
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new InputError(
    result.error.issues.map(issue => `${file}: ${z.core.toDotPath(issue.path) || '(root)'}: ${issue.message}`),
  )
}

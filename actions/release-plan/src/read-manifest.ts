import {parse} from 'smol-toml'
import {z} from 'zod'

/** Reads a TOML text as a value of some shape; what is wrong is added to the problems. */
export function readToml<S extends z.ZodType>(
  schema: S,
  {file, text}: {readonly file: string; readonly text: string},
  problems: string[],
): z.infer<S> | undefined {
  return checked(schema, file, problems, () => parse(text))
}

/** Reads a JSON text likewise. */
export function readJson<S extends z.ZodType>(
  schema: S,
  {file, text}: {readonly file: string; readonly text: string},
  problems: string[],
): z.infer<S> | undefined {
  return checked(schema, file, problems, () => JSON.parse(text.replace(/^\uFEFF/, '')) as unknown)
}

function checked<S extends z.ZodType>(
  schema: S,
  file: string,
  problems: string[],
  read: () => unknown,
): z.infer<S> | undefined {
  try {
    const result = schema.safeParse(read())
    if (result.success) return result.data
    problems.push(...result.error.issues.map(issue => `${file}: ${z.core.toDotPath(issue.path)}: ${issue.message}`))
  } catch (error) {
    problems.push(
      `${file}: cannot be read (${(error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''})`,
    )
  }
  return undefined
}

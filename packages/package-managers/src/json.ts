/** An object, or an empty one in place of anything else. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

/** The entries of an object whose values are texts. */
export function texts(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(record(value))
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

/** The texts of a list. */
export function textList(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(each => typeof each === 'string') : []
}

/** A package.json, or an empty object when it cannot be read: whoever needs it whole reports what is wrong. */
export function readFields(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse((text ?? '{}').replace(/^\uFEFF/, '')))
  } catch {
    return {}
  }
}

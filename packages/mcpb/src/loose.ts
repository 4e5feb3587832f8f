/** A text that says something, trimmed. */
export function plainText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** An object, or an empty one in place of anything else. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

/** The object that a JSON text holds, or an empty one. */
export function jsonRecord(content: string): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(content))
  } catch {
    return {}
  }
}

/** An object without the fields that are `undefined`. */
export function defined<T extends object>(value: T): {[K in keyof T]?: Exclude<T[K], undefined>} {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

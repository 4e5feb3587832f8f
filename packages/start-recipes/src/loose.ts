/** An object whose members are not known to have any shape. */
export type Loose = Readonly<Record<string, unknown>>

/** A value as an object; an empty one for everything else. */
export function record(value: unknown): Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {}
}

/** The objects of a list. */
export function records(value: unknown): readonly Loose[] {
  return Array.isArray(value) ? value.map(record) : []
}

/** A text, or a number or boolean that people write in place of one. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** A JSON text as an object; an empty one when it is something else. */
export function jsonRecord(text: string | undefined): Loose {
  try {
    return record(JSON.parse((text ?? '').replace(/^\uFEFF/, '')))
  } catch {
    return {}
  }
}

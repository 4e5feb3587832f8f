type Fields = Readonly<Record<string, unknown>>

/** A JSON object; an empty one for anything else, for where somebody else says what is wrong. */
export function parseObject(text: string): Fields {
  return jsonObject(text) ?? {}
}

/** A JSON object; `undefined` for anything else. */
export function jsonObject(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
  } catch {
    return undefined
  }
}

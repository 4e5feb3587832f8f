/** Core metadata of a package (METADATA, PKG-INFO), as far as it is checked. */
export interface Metadata {
  /** As it stands in the file. */
  readonly text: string
  readonly name: string
  readonly version: string
  readonly description: string
  /** All values of a field, named in lower case. */
  readonly field: (name: string) => readonly string[]
}

/** Reads core metadata: e-mail headers, and the description as their body. */
export function parseMetadata(text: string): Metadata {
  const normal = text.replaceAll('\r\n', '\n')
  const end = normal.indexOf('\n\n')
  const head = end === -1 ? normal : normal.slice(0, end)
  const body = end === -1 ? '' : normal.slice(end + 2)
  const fields = new Map<string, string[]>()
  // A line that begins with a space continues the one before; descriptions mark theirs with `|` as well.
  for (const line of head.replaceAll(/\n[ \t]+\|?/g, '\u0000').split('\n')) {
    const [, name, value] = /^([A-Za-z][A-Za-z-]*):(.*)$/s.exec(line) ?? []
    if (name === undefined || value === undefined) continue
    const key = name.toLowerCase()
    fields.set(key, [...(fields.get(key) ?? []), value.replaceAll('\u0000', '\n').trim()])
  }
  const field = (name: string) => fields.get(name) ?? []
  return {
    text,
    name: field('name')[0] ?? '',
    version: field('version')[0] ?? '',
    description: body.trim() === '' ? (field('description')[0] ?? '') : body,
    field,
  }
}

import {parse} from 'smol-toml'

/** A table of a TOML document. */
export type Table = Readonly<Record<string, unknown>>

/** A document; empty where it cannot be read, which is told where the package itself is found. */
export function readToml(text: string): Table {
  try {
    return parse(text)
  } catch {
    return {}
  }
}

/** A value as a table; empty where it is none. */
export function table(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {}
}

/** A field of a query with its arguments and what is asked of its value. */
export interface Field {
  readonly alias: string
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
  readonly fields: readonly Field[] | undefined
}

/** A query that cannot be read or answered. */
export class GraphqlError extends Error {}

const token = /\s+|,|#[^\n]*|(\.\.\.|[{}()[\]:$!=@|&]|"(?:[^"\\\n]|\\.)*"|-?\d+(?:\.\d+)?|[A-Za-z_]\w*)|(.)/g

function tokenize(text: string): string[] {
  const tokens: string[] = []
  for (const [, known, unknown] of text.matchAll(token)) {
    if (unknown !== undefined) throw new GraphqlError(`Parse error on "${unknown}"`)
    if (known !== undefined) tokens.push(known)
  }
  return tokens
}

class Reader {
  #at = 0
  readonly #tokens: readonly string[]

  constructor(
    text: string,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {
    this.#tokens = tokenize(text)
  }

  query(): readonly Field[] {
    if (this.#peek() !== '{') {
      const kind = this.#next()
      if (kind !== 'query') throw new GraphqlError(`The forge answers queries only, not "${kind}"`)
      while (this.#peek() !== '{') this.#header()
    }
    const fields = this.#selection()
    if (this.#at < this.#tokens.length) throw new GraphqlError('The forge answers one query without fragments')
    return fields
  }

  // The name and the variable definitions; the values of the variables are what counts.
  #header(): void {
    if (this.#next() !== '(') return
    while (this.#next() !== ')');
  }

  #selection(): readonly Field[] {
    this.#expect('{')
    const fields: Field[] = []
    while (this.#peek() !== '}') fields.push(this.#field())
    this.#expect('}')
    return fields
  }

  #field(): Field {
    const alias = this.#name()
    const name = this.#skip(':') ? this.#name() : alias
    const args: Record<string, unknown> = {}
    if (this.#skip('(')) {
      while (!this.#skip(')')) {
        const argument = this.#name()
        this.#expect(':')
        args[argument] = this.#value()
      }
    }
    return {alias, name, args, fields: this.#peek() === '{' ? this.#selection() : undefined}
  }

  #value(): unknown {
    const text = this.#next()
    if (text === '$') return this.variables[this.#name()]
    if (text.startsWith('"')) return JSON.parse(text)
    if (/^-?\d/.test(text)) return Number(text)
    if (text === 'true' || text === 'false') return text === 'true'
    if (text === 'null') return null
    if (/^\w+$/.test(text)) return text
    throw new GraphqlError(`Parse error on "${text}"`)
  }

  #name(): string {
    const text = this.#next()
    if (!/^[A-Za-z_]\w*$/.test(text)) throw new GraphqlError(`Parse error on "${text}"`)
    return text
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at]
  }

  #skip(text: string): boolean {
    const found = this.#peek() === text
    if (found) this.#at += 1
    return found
  }

  #next(): string {
    const text = this.#peek()
    if (text === undefined) throw new GraphqlError('Unexpected end of document')
    this.#at += 1
    return text
  }

  #expect(text: string): void {
    const found = this.#next()
    if (found !== text) throw new GraphqlError(`Parse error on "${found}", expected "${text}"`)
  }
}

/** Reads one query with its variables filled in. */
export const parseQuery = (text: string, variables: Readonly<Record<string, unknown>>): readonly Field[] =>
  new Reader(text, variables).query()

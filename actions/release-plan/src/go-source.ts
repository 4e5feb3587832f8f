/** What the beginning of a Go file says. */
export interface GoSource {
  readonly package: string
  readonly imports: readonly string[]
  /** Whether it has `func main()`. */
  readonly main: boolean
  /** The expression of `//go:build`, or of `// +build` in that form; absent when it is always built. */
  readonly constraint?: string
}

/**
 * Reads a Go file as far as a build needs to know it: comments and texts hold no code
 * (https://go.dev/ref/spec#Lexical_elements).
 */
export function readGoSource(text: string): GoSource {
  const {code, header} = withoutTexts(text.replaceAll('\r\n', '\n'))
  const name = /^\s*package\s+(\w+)/.exec(code)?.[1] ?? ''
  const constraint = constraintOf(header)
  return {
    package: name,
    imports: importsOf(code),
    main: name === 'main' && /^func\s+main\s*\(\s*\)/m.test(code),
    ...(constraint === undefined ? {} : {constraint}),
  }
}

/** The code without comments and without long texts, and what stands before it. */
function withoutTexts(text: string): {readonly code: string; readonly header: string} {
  const out: string[] = []
  let start = 0
  let first = -1
  for (let at = 0; at < text.length;) {
    const end = endOfToken(text, at)
    if (end === at + 1 && !/["'`]/.test(text.charAt(at))) {
      if (first < 0 && /\S/.test(text.charAt(at))) first = at
      at = end
      continue
    }
    out.push(text.slice(start, at))
    const token = text.slice(at, end)
    // Import paths are the short texts of one line.
    if (token.startsWith('/')) out.push(token.includes('\n') ? '\n' : ' ')
    else out.push(/^["`][^\n]{0,300}["`]$/.test(token) ? token : '""')
    start = at = end
  }
  out.push(text.slice(start))
  return {code: out.join(''), header: first < 0 ? text : text.slice(0, first)}
}

function endOfToken(text: string, at: number): number {
  const char = text.charAt(at)
  if (text.startsWith('//', at)) return orEnd(text, text.indexOf('\n', at), 0)
  if (text.startsWith('/*', at)) return orEnd(text, text.indexOf('*/', at + 2), 2)
  if (char === '`') return orEnd(text, text.indexOf('`', at + 1), 1)
  if (char !== '"' && char !== "'") return at + 1
  let end = at + 1
  while (end < text.length && text.charAt(end) !== char && text.charAt(end) !== '\n')
    end += text.charAt(end) === '\\' ? 2 : 1
  return Math.min(end + 1, text.length)
}

function orEnd(text: string, found: number, length: number): number {
  return found < 0 ? text.length : found + length
}

function importsOf(code: string): readonly string[] {
  // Imports stand before everything else that is declared.
  const head = code.slice(0, orEnd(code, code.search(/^(?:func|var|const|type)\b/m), 0))
  const found: string[] = []
  for (const [, group, single] of head.matchAll(/^import\s*(?:\(([^()]*)\)|(?:[\w.]+\s+)?(["`][^"`\n]+["`]))/gm)) {
    if (single !== undefined) found.push(single.slice(1, -1))
    for (const [, path] of (group ?? '').matchAll(/["`]([^"`\n]+)["`]/g)) found.push(path ?? '')
  }
  return found
}

// `go help buildconstraint`: before the package clause, preceded only by blank lines and other comments.
function constraintOf(header: string): string | undefined {
  const comments = header.replace(/\/\*[^]*?\*\//g, '')
  const line = /^\/\/go:build[ \t]+(.+)$/m.exec(comments)?.[1]
  if (line !== undefined) return line.trim()
  // The older form needs a blank line behind it; spaces mean or, commas and, several lines all of them.
  const older = [...comments.matchAll(/^\/\/[ \t]*\+build[ \t]+(.+)$/gm)]
  const block = comments.lastIndexOf('\n\n')
  const kept = older.filter(each => each.index < block).map(([, terms = '']) => alternatives(terms.trim()))
  return kept.length === 0 ? undefined : kept.join(' && ')
}

function alternatives(terms: string): string {
  const each = terms.split(/\s+/).map(term => `(${term.split(',').join(' && ')})`)
  return `(${each.join(' || ')})`
}

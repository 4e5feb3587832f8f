/**
 * Reads JSON as people write it in a README: with comments, commas too many or too few, `...` for what is left out, without
 * the outer braces, cut off at the end, and with the backslashes of Windows paths. `undefined` for other text.
 */
export function parseLooseJson(text: string): unknown {
  const strict = parsed(text)
  if (strict !== undefined) return strict
  const repaired = repair(text)
  return parsed(repaired) ?? parsed(`{${repaired}}`)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

interface Writer {
  out: string
  /** The last character that counts. */
  last: string
  readonly open: string[]
}

/** One pass, each character once. */
function repair(text: string): string {
  const writer: Writer = {out: '', last: '', open: []}
  for (let at = 0; at < text.length;) at = step(text, at, writer)
  if (writer.last === ',') writer.out = writer.out.slice(0, writer.out.lastIndexOf(','))
  return writer.out + writer.open.reverse().join('')
}

function step(text: string, at: number, writer: Writer): number {
  const char = text.charAt(at)
  if (char === '"') return copyString(text, at, writer)
  if (text.startsWith('//', at) || char === '#') return endOf(text, '\n', at)
  if (text.startsWith('/*', at)) return endOf(text, '*/', at + 2) + 2
  if (char === '.' || char === '…') return at + 1
  if (/\s/.test(char)) {
    writer.out += char
    return at + 1
  }
  put(char, writer)
  return at + 1
}

function put(char: string, writer: Writer): void {
  if (char === ',' && (writer.last === ',' || writer.last === '{' || writer.last === '[' || writer.last === '')) return
  if ((char === '}' || char === ']') && writer.last === ',')
    writer.out = writer.out.slice(0, writer.out.lastIndexOf(','))
  if (char === '{' || char === '[') {
    separate(writer)
    writer.open.push(char === '{' ? '}' : ']')
  }
  // A fragment may close more than it opens.
  if ((char === '}' || char === ']') && writer.open.pop() === undefined) return
  writer.out += char
  writer.last = char
}

// Between two values, or a value and the next name, a comma was forgotten.
function separate(writer: Writer): void {
  if (!'"}]'.includes(writer.last) || writer.last === '') return
  writer.out += ','
}

function copyString(text: string, start: number, writer: Writer): number {
  separate(writer)
  let at = start + 1
  let out = '"'
  for (; at < text.length && text.charAt(at) !== '"'; at++) {
    const char = text.charAt(at)
    if (char === '\n') break
    if (char !== '\\') out += char < ' ' ? ' ' : char
    else if (/["\\/]/.test(text.charAt(at + 1)) || /^(?:[bfnrt]|u[0-9a-fA-F]{4})/.test(text.slice(at + 1, at + 6)))
      out += char + text.charAt(++at)
    else out += '\\\\'
  }
  writer.out += `${out}"`
  writer.last = '"'
  return at + 1
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from)
  return at < 0 ? text.length : at
}

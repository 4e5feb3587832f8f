/** One command of a shell, in words. */
export interface ShellCommand {
  readonly words: readonly string[]
  /** The line on which it begins, counted from 0. */
  readonly line: number
}

interface Reader {
  readonly commands: ShellCommand[]
  words: string[]
  word: string | undefined
  line: number
  started: number
  /** Quotes that are closed nowhere: apostrophes. */
  readonly single: Set<string>
}

/**
 * Splits a text as a POSIX shell does (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_03),
 * without replacing or running anything. `<…>` stays a word: in instructions it is a placeholder.
 */
export function shellCommands(text: string): readonly ShellCommand[] {
  const reader: Reader = {commands: [], words: [], word: undefined, line: 0, started: 0, single: new Set()}
  for (let at = 0; at < text.length;) at = step(text, at, reader)
  endCommand(reader)
  return reader.commands
}

function step(text: string, at: number, reader: Reader): number {
  const char = text.charAt(at)
  // PowerShell continues a line with a backtick, cmd with a caret.
  if ((char === '\\' || char === '`' || char === '^') && /^\r?\n/.test(text.slice(at + 1, at + 3)))
    return nextLine(text, at, reader)
  if (char === '\\' && reader.word === undefined && at + 1 < text.length) return begin(text, at, reader)
  if (char === '"' || char === "'") return quoted(text, at, reader)
  if (char === '\n') {
    endCommand(reader)
    reader.line++
    reader.started = reader.line
    return at + 1
  }
  if (char === ' ' || char === '\t' || char === '\r') {
    endWord(reader)
    return at + 1
  }
  if (char === '#' && reader.word === undefined) return lineEnd(text, at)
  if (char === ';' || char === '|' || (char === '&' && text.charAt(at - 1) !== '>')) {
    endCommand(reader)
    return at + 1
  }
  return begin(text, at, reader)
}

function begin(text: string, at: number, reader: Reader): number {
  const char = text.charAt(at)
  // Of a Windows path, the backslash belongs to the word.
  if (char === '\\' && /[\s"'$&|;<>()#\\`]/.test(text.charAt(at + 1))) {
    reader.word = (reader.word ?? '') + text.charAt(at + 1)
    return at + 2
  }
  if (char === '<') {
    const end = text.indexOf('>', at)
    const inside = end < 0 || end - at > 80 ? '' : text.slice(at, end + 1)
    if (inside !== '' && !/[\n<]/.test(inside.slice(1))) {
      reader.word = (reader.word ?? '') + inside
      return end + 1
    }
  }
  reader.word = (reader.word ?? '') + char
  return at + 1
}

function quoted(text: string, at: number, reader: Reader): number {
  const quote = text.charAt(at)
  let end = at + 1
  let value = ''
  if (!reader.single.has(quote)) {
    while (end < text.length && text.charAt(end) !== quote) {
      if (quote === '"' && text.charAt(end) === '\\' && /["\\$`]/.test(text.charAt(end + 1))) end++
      value += text.charAt(end++)
    }
  }
  if (reader.single.has(quote) || end >= text.length) {
    reader.single.add(quote)
    reader.word = (reader.word ?? '') + quote
    return at + 1
  }
  reader.word = (reader.word ?? '') + value
  reader.line += value.split('\n').length - 1
  return end + 1
}

function nextLine(text: string, at: number, reader: Reader): number {
  endWord(reader)
  reader.line++
  return lineEnd(text, at) + 1
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

function endWord(reader: Reader): void {
  if (reader.word !== undefined) reader.words.push(reader.word)
  reader.word = undefined
}

// What a terminal prints before a command is no part of it.
const prompts = new Set(['$', '>', '%', '❯', '➜', 'PS>', '>>>'])

function endCommand(reader: Reader): void {
  endWord(reader)
  const words = prompts.has(reader.words[0] ?? '') ? reader.words.slice(1) : reader.words
  if (words.length > 0) reader.commands.push({words, line: reader.started})
  reader.words = []
  reader.started = reader.line
}

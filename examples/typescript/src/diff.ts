import {TextError} from './text-error.js'

/** One line of a comparison: kept, removed from the first text, or added by the second. */
export interface DiffLine {
  readonly kind: ' ' | '-' | '+'
  readonly text: string
}

/** Lines that either text may have; the table below grows with their product. */
export const MAX_LINES = 2000

/** Compares two texts line by line along a longest common subsequence. */
export function diffLines(before: string, after: string): DiffLine[] {
  const left = splitLines('before', before)
  const right = splitLines('after', after)
  const common = commonLengths(left, right)
  const lines: DiffLine[] = []
  let i = 0
  let j = 0
  while (i < left.length || j < right.length) {
    const [a, b] = [left[i], right[j]]
    if (a !== undefined && a === b) {
      lines.push({kind: ' ', text: a})
      i++
      j++
    } else if (a !== undefined && (b === undefined || common(i + 1, j) >= common(i, j + 1))) {
      lines.push({kind: '-', text: a})
      i++
    } else if (b !== undefined) {
      lines.push({kind: '+', text: b})
      j++
    }
  }
  return lines
}

function splitLines(name: string, text: string): string[] {
  if (text === '') return []
  // A final newline ends the last line; it does not begin another.
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/)
  if (lines.length > MAX_LINES) throw new TextError(`${name}: ${lines.length} lines; at most ${MAX_LINES} are compared`)
  return lines
}

/** Length of the longest common subsequence of left from i and right from j. */
function commonLengths(left: readonly string[], right: readonly string[]): (i: number, j: number) => number {
  const width = right.length + 1
  const table = new Uint16Array((left.length + 1) * width)
  const at = (i: number, j: number): number => table[i * width + j] ?? 0
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      table[i * width + j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  return at
}

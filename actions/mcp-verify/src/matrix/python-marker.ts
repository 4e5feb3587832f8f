import {satisfies, valid} from '@renovatebot/pep440'

const token = /\s*(\(|\)|not\s+in\b|in\b|and\b|or\b|===|~=|==|!=|<=|>=|<|>|"[^"]*"|'[^']*'|[a-z_.]+)/iy

/**
 * Whether an environment marker holds (PEP 508) for an interpreter that says of itself what `environment` holds. No extra
 * is asked for. A marker that cannot be read holds, as an installer would then stop and say so.
 */
export function markerHolds(marker: string, environment: Readonly<Record<string, string>>): boolean {
  const tokens = tokensOf(marker)
  if (tokens === undefined) return true
  const reader = {tokens, at: 0, environment}
  const holds = either(reader)
  return reader.at === tokens.length ? holds : true
}

interface Reader {
  readonly tokens: readonly string[]
  at: number
  readonly environment: Readonly<Record<string, string>>
}

function tokensOf(marker: string): readonly string[] | undefined {
  const found: string[] = []
  const text = marker.trim()
  token.lastIndex = 0
  while (token.lastIndex < text.length) {
    const [, each] = token.exec(text) ?? []
    if (each === undefined) return undefined
    found.push(each)
  }
  return found
}

function either(reader: Reader): boolean {
  let holds = both(reader)
  while (take(reader, 'or')) holds = both(reader) || holds
  return holds
}

function both(reader: Reader): boolean {
  let holds = one(reader)
  while (take(reader, 'and')) holds = one(reader) && holds
  return holds
}

function one(reader: Reader): boolean {
  if (take(reader, '(')) {
    const holds = either(reader)
    take(reader, ')')
    return holds
  }
  const [left = '', operator = '', right = ''] = reader.tokens.slice(reader.at, reader.at + 3)
  reader.at += 3
  return compare(value(left, reader), operator.replace(/\s+/g, ' ').toLowerCase(), value(right, reader))
}

function take(reader: Reader, wanted: string): boolean {
  if (reader.tokens[reader.at]?.toLowerCase() !== wanted) return false
  reader.at++
  return true
}

function value(text: string, {environment}: Reader): string {
  return /^["']/.test(text) ? text.slice(1, -1) : (environment[text] ?? '')
}

function compare(left: string, operator: string, right: string): boolean {
  if (operator === 'in') return right.includes(left)
  if (operator === 'not in') return !right.includes(left)
  const wildcard = right.endsWith('.*') ? right.slice(0, -2) : right
  if (valid(left) !== null && valid(wildcard) !== null) return satisfies(left, operator + right, {prereleases: true})
  switch (operator) {
    case '==':
    case '===':
      return left === right
    case '!=':
      return left !== right
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
    default:
      return true
  }
}

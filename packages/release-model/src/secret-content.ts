/** Larger files are data, not keys and settings. */
const largest = 1024 * 1024

/**
 * The shapes of tokens that their issuers give so that they can be found; each by the prefix and the length that it documents.
 * - https://github.blog/engineering/behind-githubs-new-authentication-token-formats/
 * - https://docs.npmjs.com/about-access-tokens, https://warehouse.pypa.io/api-reference/integration-guide.html
 * - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html (AKIA)
 */
const tokens: readonly (readonly [string, RegExp])[] = [
  ['a token of GitHub', /\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\b/g],
  ['a token of npm', /\bnpm_[A-Za-z0-9]{36}\b/g],
  ['a token of PyPI', /\bpypi-AgE[A-Za-z0-9_-]{50,}/g],
  ['a token of crates.io', /\bcio[A-Za-z0-9]{32}\b/g],
  ['a token of GitLab', /\bglpat-[A-Za-z0-9_-]{20,}/g],
  ['an access key of AWS', /\bA(?:KIA|SIA)[A-Z2-7]{16}\b/g],
  ['a key of Anthropic', /\bsk-ant-[a-z]+\d\d-[A-Za-z0-9_-]{80,}/g],
  ['a key of OpenAI', /\bsk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,}T3BlbkFJ[A-Za-z0-9_-]{20,}/g],
  ['a token of Slack', /\bxox[abeoprs]-\d{8,}-[A-Za-z0-9-]{20,}/g],
  ['a token of Hugging Face', /\bhf_[A-Za-z]{34}\b/g],
  ['a live key of Stripe', /\b[rs]k_live_[A-Za-z0-9]{24,}\b/g],
]

// What stands in documentation in place of a token: one of few characters, or one that says so.
function isMadeUp(token: string): boolean {
  const rest = token.replace(/^[A-Za-z]+[_-]/, '')
  if (new Set(rest).size < 10 || /(.)\1{4}/.test(rest)) return true
  return /example|your|dummy|placeholder|redacted|token|personal|secret|01234567|12345678|abcdefgh/i.test(rest)
}

// The largest keys have some thousand characters.
const longestKey = 16_384

// A whole key, not the line with which code looks for one (RFC 7468): between its lines is base64 of some length.
function holdsKey(text: string): boolean {
  for (const {index, 0: begin} of text.matchAll(/-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g)) {
    const body = text.slice(index + begin.length, index + begin.length + longestKey)
    const end = body.indexOf('-----END')
    if (end < 0) continue
    // Within a text of a program or of JSON, the ends of lines are escaped and the lines in quotes.
    const plain = body.slice(0, end).replaceAll(/\\[rn]|["'`+,\s]/g, '')
    if (/[A-Za-z0-9/=]{60,}/g.exec(plain)?.some(bytes => new Set(bytes).size >= 10) === true) return true
  }
  return false
}

/** What a text holds that must not be published; `undefined` for nothing. */
export function secretContent(content: Uint8Array): string | undefined {
  if (content.length > largest) return undefined
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  // What editors on Windows write.
  const wide = bytes.length > 1 && bytes[0] === 0xff && bytes[1] === 0xfe
  const text = bytes.toString(wide ? 'utf16le' : 'latin1')
  if (text.includes('PRIVATE KEY') && holdsKey(text)) return 'holds a private key'
  for (const [words, shape] of tokens) {
    if ([...text.matchAll(shape)].some(([token]) => !isMadeUp(token))) return `holds ${words}`
  }
  return undefined
}

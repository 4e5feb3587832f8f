import type {Verdict} from './registry-rule'

const namespace = /^[a-zA-Z0-9][a-zA-Z0-9.-]*[a-zA-Z0-9]$/
const namePart = /^[a-zA-Z0-9][a-zA-Z0-9._-]*[a-zA-Z0-9]$/

/** The name of a server: a namespace in reverse DNS order and a name, each with a letter or digit at both ends. */
export function serverNameRule(name: string): Verdict {
  const [before = '', after = '', ...more] = name.split('/')
  // The published pattern has its own say about missing and further slashes.
  if (more.length > 0 || before === '' || after === '') return undefined
  const wrong = !namespace.test(before) ? before : !namePart.test(after) ? after : undefined
  return wrong === undefined
    ? undefined
    : `${JSON.stringify(wrong)} must have at least two characters, with a letter or digit first and last`
}

const number = String.raw`v?\d+(?:\.\d+){0,3}(?:-[0-9A-Za-z.-]+)?`
const ranges = [
  new RegExp(String.raw`^(?:\^|~|>=|<=|>|<|=)\s*${number}$`),
  new RegExp(String.raw`^${number}\s-\s*${number}$`),
  new RegExp(String.raw`^${number}\s*(?:\|\|\s*${number}\s*)+$`),
]
const wildcard = /^(?:v?\d+|x|X|\*)(?:\.(?:\d+|x|X|\*)){1,2}(?:-[0-9A-Za-z.-]+)?$/

/** A version is one version: neither a range nor `latest`. */
export function versionRule(version: string): Verdict {
  const plain = version.trim()
  if (plain === 'latest') return '"latest" is reserved; write the version itself'
  const isRange = ranges.some(each => each.test(plain)) || (wildcard.test(plain) && /[xX*]/.test(plain))
  return isRange ? `${JSON.stringify(version)} is a range; write one version` : undefined
}

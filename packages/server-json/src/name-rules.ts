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

// White space as Go knows it: in its expressions, and where it trims a text.
const gap = String.raw`[\t\n\f\r ]*`
const ends = String.raw`[\t-\r \x85\xA0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]*`
const number = String.raw`v?\d+(?:\.\d+){0,3}(?:-[0-9A-Za-z.-]+)?`
const ranges = [
  new RegExp(`^(?:\\^|~|>=|<=|>|<|=)${gap}${number}$`),
  new RegExp(`^${number}[\\t\\n\\f\\r ]-${gap}${number}$`),
  new RegExp(`^${number}${gap}(?:\\|\\|${gap}${number}${gap})+$`),
]
const wildcard = /^(?:v?\d+|x|X|\*)(?:\.(?:\d+|x|X|\*)){1,2}(?:-[0-9A-Za-z.-]+)?$/

/** A text without the white space that Go trims. */
export function trimmed(text: string): string {
  return text.replace(new RegExp(`^${ends}`), '').replace(new RegExp(`${ends}$`), '')
}

/** A version is one version: neither a range nor `latest`. */
export function versionRule(version: string): Verdict {
  if (version === 'latest') return '"latest" is reserved; write the version itself'
  const plain = trimmed(version)
  const isWildcard = wildcard.test(plain) && /[xX*]/.test(plain)
  if (isWildcard && /^[^xX*-]*-/.test(plain))
    return `${JSON.stringify(version)} is taken for a range by the registry, because of the x in it; call the pre-release something else, such as beta`
  const isRange = isWildcard || ranges.some(each => each.test(plain))
  return isRange ? `${JSON.stringify(version)} is a range; write one version` : undefined
}

/** A title has something to read. */
export function titleRule(title: string): Verdict {
  return trimmed(title) === '' ? 'has only spaces' : undefined
}

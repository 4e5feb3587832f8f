import {z} from 'zod'

/** A text of so many characters; JSON Schema counts code points, not UTF-16 units. */
export function text(shortest = 0, longest = Infinity) {
  return z.string().check(({value, issues}) => {
    const length = Array.from(value).length
    if (length >= shortest && length <= longest) return
    const message =
      length < shortest ? 'is empty' : `has ${length} characters, at most ${longest} are allowed; shorten it`
    issues.push({code: 'custom', input: value, continue: true, message})
  })
}

/** A URI with a scheme (RFC 3986), as `format: uri` of JSON Schema asks for. */
export function uri(longest = Infinity) {
  return text(0, longest).refine(
    value => /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(value) && URL.canParse(value),
    'is not an absolute URL; write it with its scheme, such as https://example.com',
  )
}

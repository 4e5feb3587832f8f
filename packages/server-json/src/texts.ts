import {z} from 'zod'
import {registryRule} from './registry-rule'
import {urlRule} from './url-rules'

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

/** A URL as the registry reads it. */
export function url(longest = Infinity) {
  return text(0, longest).check(registryRule(urlRule))
}

import {TextError} from './text-error.js'

// Letters that Unicode does not decompose into a base letter and a mark.
const SPELLED: Readonly<Record<string, string>> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ħ: 'h', ı: 'i', ł: 'l', þ: 'th',
}

/** Makes an ASCII slug of at most `maxLength` characters, cut between words where possible. */
export function slugify(text: string, maxLength: number): string {
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Mark}|['’]/gu, '')
    .replace(/[^\p{ASCII}]/gu, letter => SPELLED[letter] ?? ' ')
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '')
  const [first, ...rest] = words
  if (first === undefined) throw new TextError('text: no Latin letter or digit in it, so there is no slug')
  let slug = first.slice(0, maxLength)
  for (const word of rest) {
    if (slug.length + 1 + word.length > maxLength) break
    slug += `-${word}`
  }
  return slug
}

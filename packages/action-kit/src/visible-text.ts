// Cc and Cf hold terminal escapes, bidi overrides and invisible joiners; Zl and Zp break lines; Cs are halves of characters.
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu
const short: Readonly<Record<string, string>> = {'\n': '\\n', '\r': '\\r', '\t': '\\t'}

/**
 * Text of others with everything that a reader cannot see written out, such as `\x1b` or `\u202e`: it can neither move
 * the cursor of a terminal nor turn the direction of a line.
 */
export function visible(text: string): string {
  return text.replaceAll(unseen, escapeCharacter)
}

/** As `visible`, but line feeds stay what they are and a tab is a space. */
export function visibleLines(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\t', ' ').split('\n').map(visible).join('\n')
}

/** As `visible`, for the log of a step: line breaks and tabs stay what they are. */
export function visibleText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(unseen, character =>
      character === '\n' || character === '\t' ? character : escapeCharacter(character),
    )
}

/** As `visible`, for prose: line breaks and runs of white space become one space. */
export function visibleLine(text: string): string {
  return visible(text.replaceAll(/[ \t\r\n]+/g, ' ').trim())
}

function escapeCharacter(character: string): string {
  const named = short[character]
  if (named !== undefined) return named
  const code = character.codePointAt(0) ?? 0
  const hex = code.toString(16)
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`
}

import {expect, test} from '@jest/globals'
import {visible} from '@mcp-release/action-kit'
import {printable} from '@mcp-release/mcp'

// The general categories of https://www.unicode.org/reports/tr44/#General_Category_Values that nobody sees.
test('logs and summaries write out the same characters', () => {
  const differing: string[] = []
  for (let code = 0; code <= 0x10ffff; code++) {
    const character = String.fromCodePoint(code)
    if ((visible(character) === character) !== (printable(character) === character)) differing.push(code.toString(16))
  }
  expect(differing).toEqual([])
})

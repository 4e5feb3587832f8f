import {expect, test} from '@jest/globals'
import {variableLines, word} from './variables'

test('names of a shell are exported, others and those that shells keep for themselves are given by env', () => {
  const lines = variableLines({
    A: "it's $HOME",
    'b-c': 'x y',
    OPTIND: 'text',
    LD_PRELOAD: '/m.so',
    '': 'none',
    'd=e': 'f',
  })
  expect(lines).toBe(`export A='it'\\''s $HOME'\nexport LD_PRELOAD='/m.so'\nset -- env 'b-c=x y' 'OPTIND=text' "$@"\n`)
  expect(variableLines({})).toBe('')
})

test.each(['', 'plain', "'", "a'b'c", '$(x)`y`', 'two\nlines', '\\'])('%j is one word', text => {
  expect(word(text)).toBe(`'${text.split("'").join(String.raw`'\''`)}'`)
})

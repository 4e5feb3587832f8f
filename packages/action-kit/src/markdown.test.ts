import {expect, test} from '@jest/globals'
import {markdownTable} from './markdown'

// https://github.github.com/gfm/: links (6.6), images (6.7), autolinks (6.9), raw HTML (6.10), tables (4.10); mentions are GitHub's.
test.each([
  ['[text](https://example.com)', '\\[text\\](https&#58;//example.com)'],
  ['![text](https://example.com/a.png)', '!\\[text\\](https&#58;//example.com/a.png)'],
  ['see www.example.com', 'see www&#46;example.com'],
  ['<https://example.com>', '&lt;https&#58;//example.com>'],
  ['<img src=x>', '&lt;img src=x>'],
  ['ask @somebody', 'ask &#64;somebody'],
  ['a | b \\ c', 'a \\| b \\\\ c'],
  ['two\nlines', 'two lines'],
  ['left\u202eright\u001b[31m', 'left\\\\u202eright\\\\x1b\\[31m'],
  ['`code | [x](y) @z`', '`code \\| [x](y) @z`'],
  ['an `open [x](y)', 'an &#96;open \\[x\\](y)'],
  // A run of three opens no code here, so what follows would be a link.
  ['```[x](https://example.com)', '&#96;&#96;&#96;\\[x\\](https&#58;//example.com)'],
  ['``[x](y)`` `code`', '&#96;&#96;\\[x\\](y)&#96;&#96; `code`'],
  ['**Warning**: text', '**Warning**: text'],
])('%j is text in a cell', (text, cell) => {
  expect(markdownTable(['a'], [[text]])).toBe(`| a |\n| --- |\n| ${cell} |\n`)
})

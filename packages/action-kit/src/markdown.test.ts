import {expect, test} from '@jest/globals'
import {markdownCode, markdownTable, markdownText} from './markdown'

// https://github.github.com/gfm/: links (6.6), images (6.7), autolinks (6.9), raw HTML (6.10), tables (4.10); mentions are GitHub's.
test.each([
  ['[text](https://example.com)', '\\[text\\](https&#58;//example.com)'],
  ['![text](https://example.com/a.png)', '!\\[text\\](https&#58;//example.com/a.png)'],
  ['see www.example.com', 'see www&#46;example.com'],
  ['<https://example.com>', '&lt;https&#58;//example.com>'],
  ['<img src=x>', '&lt;img src=x>'],
  // GitHub links what it finds in the rendered text: https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
  ['ask @somebody', 'ask @&#8203;somebody'],
  ['me@example.com, mailto:me@example.com', 'me@&#8203;example.com, mailto:me@&#8203;example.com'],
  ['@scope/name 1.0.0', '@&#8203;scope/name 1.0.0'],
  ['fixes #1 and owner/repo#23, GH-4', 'fixes #&#8203;1 and owner/repo#&#8203;23, GH-&#8203;4'],
  ['as in a5c3785ed8d6a35868bc169f07e40e889087fd2e.', 'as in a5c378&#8203;5ed8d6a35868bc169f07e40e889087fd2e.'],
  ['jlord@a5c3785', 'jlord@&#8203;a5c3785'],
  ['1234567 bytes, defaced, demo-1.0.0-a5c3785.tgz', '1234567 bytes, defaced, demo-1.0.0-a5c3785.tgz'],
  ['0'.repeat(63) + 'a', '0'.repeat(63) + 'a'],
  ['C# and #anchor', 'C# and #anchor'],
  // Entities (6.2) are their characters in the rendered text, so those of others are none.
  ['&#64;somebody &commat;somebody &#x40;x', '&amp;#&#8203;64;somebody &amp;commat;somebody &amp;#x40;x'],
  ['&#35;1 &lt;b> a & b &c', '&amp;#&#8203;35;1 &amp;lt;b> a & b &c'],
  ['`@x #1 a5c3785 &#64;`', '`@x #1 a5c3785 &#64;`'],
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

// Headings (4.2), lists (5.3), quotes (5.1), thematic breaks (4.1), emphasis (6.4).
test.each([
  ['# heading', '\\# heading'],
  ['1. item', '1\\. item'],
  ['1.0.0', '1.0.0'],
  ['- item', '\\- item'],
  ['+ item', '\\+ item'],
  ['> quote', '\\> quote'],
  ['---', '\\---'],
  ['**bold** my_name ~~gone~~', '\\*\\*bold\\*\\* my\\_name \\~\\~gone\\~\\~'],
  ['1.0.0\n# [x](y)', '1.0.0 # \\[x\\](y)'],
])('%j is text at the beginning of a line', (text, markdown) => {
  expect(markdownText(text)).toBe(markdown)
})

// Code spans (6.3).
test.each([
  ['a @b #1 [x](y)', '`a @b #1 [x](y)`'],
  ['`a`', '`` `a` ``'],
  ['a\n\n# b', '`a # b`'],
  ['left\u202eright\u009b', '`left\\u202eright\\x9b`'],
  [' ', ''],
])('%j as code', (text, markdown) => {
  expect(markdownCode(text)).toBe(markdown)
})

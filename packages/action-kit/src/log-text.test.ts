import {expect, test} from '@jest/globals'
import {foreignOutput, withoutCommands} from './log-text'

// What https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs takes for a command.
test.each([
  ['::notice::text', ': :notice::text'],
  ['  \t::notice::text', '  \t: :notice::text'],
  ['\u00a0::notice::text', '\u00a0: :notice::text'],
  // .NET trims it, JavaScript does not count it among white space.
  ['\u0085::notice::text', '\u0085: :notice::text'],
  ['first\n::notice::text', 'first\n: :notice::text'],
  ['first\r::notice::text', 'first\r: :notice::text'],
  ['first\r\n ::notice::text', 'first\r\n : :notice::text'],
  ['text ##[notice]text', 'text ## [notice]text'],
  ['std::vector and a::b', 'std::vector and a::b'],
  ['## [heading] # ##', '## [heading] # ##'],
])('%j is shown as %j', (text, shown) => {
  expect(withoutCommands(text)).toBe(shown)
})

function written(title: string, ...parts: readonly string[]): string {
  const out: string[] = []
  const output = foreignOutput({token: 'T', title}, data => out.push(Buffer.from(data).toString()))
  for (const part of parts) output.write(Buffer.from(part))
  output.close()
  output.write(Buffer.from('::notice::from a process that was left behind\n'))
  output.close()
  return out.join('')
}

test.each([
  ['with a line feed at its end', ['a\n', 'b\n'], '::stop-commands::T\n$ x\na\nb\n::T::\n'],
  ['without one', ['a\nb'], '::stop-commands::T\n$ x\na\nb\n::T::\n'],
  ['in parts', ['a', '', 'b', '\n'], '::stop-commands::T\n$ x\nab\n::T::\n'],
  ['without output', [], '::stop-commands::T\n$ x\n::T::\n'],
])('foreign output %s ends on a line of its own, and nothing follows', (_, parts, shown) => {
  expect(written('$ x', ...parts)).toBe(shown)
})

test('a command line with a line of its own is foreign, too', () => {
  expect(written('$ x \n::notice::text')).toBe('::stop-commands::T\n$ x \n::notice::text\n::T::\n')
})

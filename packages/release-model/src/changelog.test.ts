import {expect, test} from '@jest/globals'
import {changelogSection} from './changelog'

const text = `# Changelog

## [Unreleased]

## [1.2.3] - 2026-01-02

### Added

- A tool.

\`\`\`
## [1.2.2] is no heading here
\`\`\`

## v1.2.2

- Older.

[1.2.3]: https://example.org/compare/1
[Unreleased]: https://example.org/compare/2
`

test('the section is what lies between two headings of the same level', () => {
  expect(changelogSection(text, '1.2.3')).toBe('### Added\n\n- A tool.\n\n```\n## [1.2.2] is no heading here\n```')
})

test('link definitions at the end do not belong to the last section', () => {
  expect(changelogSection(text.replaceAll('\n', '\r\n'), '1.2.2')).toBe('- Older.')
})

test.each([
  ['## 1.0.0rc1 (2026)', '1.0.0-rc.1'],
  ['## [v1.0.0](https://example.org) (2026)', '1.0.0'],
  ['## Version 1.0.0', '1.0.0'],
])('%s is the heading of %s', (heading, version) => {
  expect(changelogSection(`${heading}\n\ntext`, version)).toBe('text')
})

test('a version without a heading has no section', () => {
  expect(changelogSection(text, '1.2.4')).toBeUndefined()
  expect(changelogSection(text, '1.2')).toBeUndefined()
})

import {expect, test} from '@jest/globals'
import {markerHolds} from './python-marker'
import {parseRequirement, rangeOf} from './python-requirement'

test.each([
  ['mcp', {name: 'mcp', range: ''}],
  ['MCP>=1.2,<2', {name: 'mcp', range: '>=1.2,<2'}],
  ['mcp[cli] (>=1.2)', {name: 'mcp', range: '>=1.2'}],
  ['Fast_MCP ~= 2.0 ; python_version < "3.12"', {name: 'fast-mcp', range: '~= 2.0', marker: 'python_version < "3.12"'}],
  ['mcp @ https://example.org/mcp.whl', undefined],
  ['-r other.txt', undefined],
])('requirement %s', (text, expected) => {
  expect(parseRequirement(text)).toEqual(expected)
})

const environment = {python_version: '3.9', python_full_version: '3.9.18', sys_platform: 'linux', os_name: 'posix'}

test.each([
  ['python_version >= "3.10"', false],
  ["'3.10' > python_version", true],
  ['python_version == "3.*"', true],
  ['python_full_version < "3.10.0rc1"', true],
  ['python_version in "3.8 3.9"', true],
  ['python_version not in "3.8 3.9"', false],
  ['sys_platform == "win32" or os_name == "posix"', true],
  ['sys_platform == "win32" and os_name == "posix"', false],
  ['(sys_platform == "win32" or os_name == "posix") and python_version < "3.10"', true],
  ['sys_platform == "win32" or sys_platform == "linux" and python_version < "3.9"', false],
  ['extra == "cli"', false],
  ['python_version <', true],
  ['what is this?', true],
])('marker %s', (marker, holds) => {
  expect(markerHolds(marker, environment)).toBe(holds)
})

test('all statements that hold together make the range', () => {
  const stated = ['mcp>=1.2', 'mcp<2; python_version < "3.10"', 'mcp>=2; python_version >= "3.10"', 'httpx']
  const requirements = stated.flatMap(text => parseRequirement(text) ?? [])
  expect(rangeOf(requirements, 'mcp', environment)).toBe('>=1.2,<2')
  expect(rangeOf(requirements, 'httpx', environment)).toBe('')
  expect(rangeOf(requirements, 'fastmcp', environment)).toBeUndefined()
})

import {expect, test} from '@jest/globals'
import {lockProblem, lockedVersion} from './locks'

const sdk = '@modelcontextprotocol/sdk'

test.each([
  [
    'uv.lock',
    'version = 1\n\n[[package]]\nname = "httpx"\nversion = "1.0"\n\n[[package]]\nname = "mcp"\nversion = "1.9.4"\nsource = { registry = "x" }\n',
  ],
  [
    'poetry.lock',
    '[[package]]\nname = "mcp"\nversion = "1.9.4"\noptional = false\n\n[metadata]\nlock-version = "2.1"\n',
  ],
  ['pylock.toml', 'lock-version = "1.0"\n\n[[packages]]\nname = "mcp"\nversion = "1.9.4"\n'],
  ['sub/Pipfile.lock', '{"default": {"mcp": {"version": "==1.9.4"}}}'],
  [
    'requirements.txt',
    '# made by a tool\nhttpx==1.0 \\\n    --hash=sha256:00\nMCP[cli]==1.9.4 ; python_version >= "3.10" \\\n    --hash=sha256:11\n',
  ],
])('%s holds a Python package', (file, text) => {
  expect(lockedVersion([{file, text}], 'pypi', 'mcp')).toBe('1.9.4')
  expect(lockedVersion([{file, text}], 'pypi', 'fastmcp')).toBeUndefined()
})

test.each([
  ['package-lock.json', `{"lockfileVersion": 3, "packages": {"node_modules/${sdk}": {"version": "1.2.3"}}}`],
  ['npm-shrinkwrap.json', `{"lockfileVersion": 1, "dependencies": {"${sdk}": {"version": "1.2.3"}}}`],
  ['pnpm-lock.yaml', `lockfileVersion: '9.0'\n\npackages:\n\n  '${sdk}@1.2.3':\n    resolution: {integrity: x}\n`],
  [
    'pnpm-lock.yaml',
    `lockfileVersion: '6.0'\n\npackages:\n\n  /${sdk}@1.2.3(zod@3.0.0):\n    resolution: {integrity: x}\n`,
  ],
  ['yarn.lock', `"${sdk}@^1.0.0", "${sdk}@^1.2.0":\n  version "1.2.3"\n  resolved "x"\n`],
  ['yarn.lock', `"${sdk}@npm:^1.0.0":\n  version: 1.2.3\n  resolution: "${sdk}@npm:1.2.3"\n`],
])('%s holds an npm package', (file, text) => {
  expect(lockedVersion([{file, text}], 'npm', sdk)).toBe('1.2.3')
  expect(lockedVersion([{file, text}], 'npm', '@modelcontextprotocol/server')).toBeUndefined()
})

test('the first lock file that has the package decides', () => {
  const locks = ['httpx==1\n', 'mcp==1.2.0\n', 'mcp==1.3.0\n'].map((text, at) => ({
    file: `requirements-${at}.txt`,
    text,
  }))
  expect(lockedVersion(locks, 'pypi', 'mcp')).toBe('1.2.0')
})

test.each([
  ['uv.lock', '[[package]]\nname = \n'],
  ['package-lock.json', '{'],
])('a broken %s is a problem of the input', (file, text) => {
  expect(lockProblem({file, text})).toMatch(/^lock-files: "\S+" cannot be read: \S/)
})

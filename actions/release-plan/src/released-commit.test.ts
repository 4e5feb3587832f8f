import {execFileSync} from 'node:child_process'
import {mkdtempSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {type InputsOf, realHost} from '@mcp-release/action-kit'
import {contract} from './action.gen'
import {main} from './main'

// What the runner gives for an input that nobody names.
const none = Object.fromEntries(
  Object.entries(contract.inputs).map(([name, input]) => [
    name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
    input.type === 'list' ? [] : undefined,
  ]),
) as unknown as InputsOf<typeof contract>
const inputs = {
  ...none,
  workingDirectory: '.',
  compatibilityMatrix: false,
  toolchains: ['node'],
  output: 'release-plan.json',
}

function repository() {
  const folder = mkdtempSync(join(tmpdir(), 'release-plan-'))
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  writeFileSync(join(folder, 'package.json'), '{"name": "demo", "version": "1.0.0", "bin": "cli.js", "license": "MIT"}')
  writeFileSync(join(folder, 'cli.js'), '#!/usr/bin/env node\n')
  git('init', '-q')
  git('add', '.')
  git('commit', '-q', '-m', 'First')
  const env = {PATH: process.env['PATH'] ?? '', GITHUB_REPOSITORY: 'octo/demo', RUNNER_TEMP: `${folder}-temp`}
  const host = (more: Readonly<Record<string, string>> = {}) => realHost({...env, ...more, GITHUB_WORKSPACE: folder})
  return {folder, git, host}
}

test('a tag that is named by its whole ref is the commit that is checked out', async () => {
  const {git, host} = repository()
  git('tag', '-a', 'v1.0.0', '-m', 'One')
  await expect(main({...inputs, tag: 'refs/tags/v1.0.0'}, host())).resolves.toMatchObject({
    tag: 'v1.0.0',
    commit: git('rev-parse', 'HEAD'),
  })
  git('commit', '-q', '--allow-empty', '-m', 'Second')
  const [first, second] = [git('rev-parse', 'HEAD~1'), git('rev-parse', 'HEAD')]
  const problem = `tag: refs/tags/v1.0.0 is commit ${first}, and ${second} is checked out; check out the tag`
  await expect(main({...inputs, tag: 'refs/tags/v1.0.0'}, host())).rejects.toMatchObject({problems: [problem]})
  await expect(main(inputs, host({GITHUB_REF: 'refs/tags/v1.0.0'}))).rejects.toMatchObject({problems: [problem]})
  // A snapshot of work that goes on after a release.
  await expect(main({...inputs, tag: 'v1.0.0'}, host())).resolves.toMatchObject({commit: second})
})

test('a tag that was moved after it started the run is refused, because signatures would name the other commit', async () => {
  const {git, host} = repository()
  const first = git('rev-parse', 'HEAD')
  git('commit', '-q', '--allow-empty', '-m', 'Second')
  const second = git('rev-parse', 'HEAD')
  git('tag', 'v1.0.0')
  const ref = 'refs/tags/v1.0.0'
  const problem = `tag: ${ref} started this run as commit ${first}, and ${second} is checked out: it was moved; push a new tag, or start a new run`
  await expect(main({...inputs, tag: ref}, host({GITHUB_REF: ref, GITHUB_SHA: first}))).rejects.toMatchObject({
    problems: [problem],
  })
  await expect(main({...inputs, tag: ref}, host({GITHUB_REF: ref, GITHUB_SHA: second}))).resolves.toMatchObject({
    commit: second,
  })
  // Started by hand on a branch that has gone on.
  const byHand = host({GITHUB_REF: 'refs/heads/main', GITHUB_SHA: first})
  await expect(main({...inputs, tag: ref}, byHand)).resolves.toMatchObject({commit: second})
})

test('a branch that is named like a version is not a tag', async () => {
  const {git, host} = repository()
  git('branch', 'v1.0.0')
  await expect(main({...inputs, tag: 'refs/heads/v1.0.0'}, host())).rejects.toMatchObject({
    problems: ['tag: "refs/heads/v1.0.0" is not a tag: push a v* tag, or name one'],
  })
})

test('what later jobs read is copied, under names that they know', async () => {
  const {folder, host} = repository()
  writeFileSync(join(folder, 'HISTORY.md'), '# 1.0.0\n\n- First\n')
  const outputs = await main({...inputs, tag: 'v1.0.0', copies: 'kept'}, host())
  expect(outputs).toMatchObject({changelog: 'HISTORY.md', 'changelog-copy': 'CHANGELOG.md'})
  expect(readFileSync(join(folder, 'kept/CHANGELOG.md'), 'utf8')).toBe('# 1.0.0\n\n- First\n')
  const server = {
    $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
    name: 'io.github.octo/demo',
    description: 'A demo',
    version: '1.0.0',
    packages: [{registryType: 'npm', identifier: 'demo', version: '1.0.0', transport: {type: 'stdio'}}],
  }
  writeFileSync(join(folder, 'server.json'), JSON.stringify(server))
  const manifest = {name: 'demo', version: '1.0.0', bin: 'cli.js', license: 'MIT', mcpName: 'io.github.octo/demo'}
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  await expect(main({...inputs, tag: 'v1.0.0', copies: 'kept'}, host())).resolves.toMatchObject({'server-json': 'true'})
  expect(readdirSync(join(folder, 'kept'))).toEqual(['CHANGELOG.md', 'server.json'])
})

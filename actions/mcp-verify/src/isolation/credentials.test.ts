import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {runnerFolders, runnerSecrets, workspaceSecrets} from './credentials'

async function hostWith(names: readonly string[], content = 'text'): Promise<FakeHost> {
  const host = new FakeHost()
  for (const name of names) await host.files.write(join(host.workspace, name), content)
  return host
}

test('repositories and files of credentials are found at any depth, and what packages bring is passed over', async () => {
  const repositories = ['.git', 'src/.git', 'a/b/c/d/e/.git', 'mirror.git']
  const files = ['gha-creds-00ff.json', '.env', 'src/.netrc', 'src/.docker/config.json', 'tests/e2e/.env.local']
  const others = [
    '.env.example',
    'node_modules/a/.env',
    'src/.git/modules/b/config',
    'my.git.md',
    '.gitignore',
    'key.pem',
  ]
  const host = await hostWith([...repositories.map(name => `${name}/config`), ...files, ...others])
  const {hidden, blank} = await workspaceSecrets(host, host.workspace)
  const at = (names: readonly string[]) => names.map(name => join(host.workspace, name)).sort()
  expect({hidden: [...hidden].sort(), blank: [...blank].sort()}).toEqual({hidden: at(repositories), blank: at(files)})
})

test('a file that may hold a credential is read', async () => {
  const host = await hostWith(['.npmrc', 'a/.npmrc'], '//registry.example/:_authToken=abc')
  await host.files.write(join(host.workspace, 'b/.npmrc'), '//registry.example/:_authToken=${TOKEN}')
  const {blank} = await workspaceSecrets(host, host.workspace)
  expect([...blank].sort()).toEqual(['.npmrc', 'a/.npmrc'].map(name => join(host.workspace, name)))
})

test.each<[string, (root: string) => Record<string, string>]>([
  ['RUNNER_TEMP', root => ({RUNNER_TEMP: `${root}/_work/_temp`})],
  ['RUNNER_TOOL_CACHE', root => ({RUNNER_TOOL_CACHE: `${root}/_work/_tool`})],
  ['RUNNER_WORKSPACE', root => ({RUNNER_WORKSPACE: `${root}/_work/a`})],
])('a runner is found by %s, and only where it is registered', async (_, variables) => {
  const host = await hostWith(['runner/.runner', 'runner/.credentials', 'runner/_diag/log', 'other/_work/a/b'])
  const folders = async (name: string) => {
    const root = join(host.workspace, name)
    return runnerFolders({files: host.files, env: variables(root)})
  }
  const root = join(host.workspace, 'runner')
  expect(await folders('runner')).toEqual({roots: [root], work: [join(root, '_work')]})
  expect(await folders('other')).toEqual({roots: [], work: []})
  expect(await runnerSecrets(host, root)).toEqual({
    hidden: [join(root, '_diag')],
    blank: [join(root, '.credentials'), join(root, '.runner')],
  })
})

test('a runner whose work folder is elsewhere is found by its Node.js', async () => {
  const host = await hostWith(['runner/.runner'])
  const root = join(host.workspace, 'runner')
  const found = await runnerFolders(host, join(root, 'externals.2.330.0/node24/bin/node'))
  expect(found).toEqual({roots: [root], work: []})
})

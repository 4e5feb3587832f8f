import {expect, test} from '@jest/globals'
import {prepareView} from './view'

const directory = (path: string) => ({path, kind: 'directory' as const})

// As on a GitHub-hosted runner.
const runner = {
  hidden: ['/home', '/home/runner', '/home/runner/work/_temp', '/tmp', '/run', '/home/runner/work/a/a/.git'],
  shown: [
    directory('/home/runner/work/a/a'),
    directory('/opt/hostedtoolcache'),
    directory('/home/runner/.cargo/bin'),
    {path: '/run/systemd/resolve/stub-resolv.conf', kind: 'file' as const},
  ],
  own: ['/home/runner/work/_temp/mcp-verify-1'],
  blank: ['/run/docker.sock', '/var/service.sock', '/home/runner/work/_temp/mcp-verify-1/own.sock'],
}

test('a view is made from the outside to the inside, and what is in it already is left alone', () => {
  const {functions, folders, files} = prepareView(runner, '/v')
  expect(functions).toContain(`case $1 in // | '/tmp'/* | '/run'/* | '/home'/* | '/home/runner/work/a/a/.git'/*) ;;`)
  expect(functions.split('\n').slice(3, -1)).toEqual([
    `hide '/tmp' '/v/3'`,
    `hide '/run' '/v/4'`,
    `hide '/home' '/v/0'`,
    `blank '/var/service.sock'`,
    `show '/home/runner/work/a/a'`,
    `show '/home/runner/.cargo/bin'`,
    `hide '/home/runner/work/a/a/.git' '/v/5'`,
    `own '/home/runner/work/_temp/mcp-verify-1'`,
    `show '/run/systemd/resolve/stub-resolv.conf'`,
  ])
  expect(folders).toEqual(
    expect.arrayContaining([
      '/v/0',
      '/v/0/runner/work/a/a',
      '/v/0/runner/.cargo/bin',
      '/v/0/runner/work/_temp/mcp-verify-1',
    ]),
  )
  expect(files).toEqual(['/v/4/systemd/resolve/stub-resolv.conf'])
})

test('a folder that is hidden within one that is shown stays hidden, and names are words of a shell', () => {
  const {functions} = prepareView({hidden: ["/w/it's"], shown: [directory('/w')], own: [], blank: []}, '/v')
  expect(functions).toContain(String.raw`hide '/w/it'\''s' '/v/0'`)
  expect(functions).not.toContain("show '/w'")
})

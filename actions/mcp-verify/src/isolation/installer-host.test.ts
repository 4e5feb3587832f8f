import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, expect, test} from '@jest/globals'
import {installerHost} from './index'
import {openMachine} from './isolation'
import {type Scene, isolationScene, precious, usableWays} from './testing'

const cleanups: Scene[] = []
afterEach(async () => {
  for (const each of cleanups.splice(0)) await each.close()
})

test.each(usableWays)(
  'by way of %s what an installer starts keeps its settings and caches, and changes nothing else',
  async name => {
    const scene = await isolationScene(name, process.env)
    cleanups.push(scene)
    const {host, isolation, folder} = scene
    const home = join(host.workspace, '.home')
    const [cache, wheel, netrc] = [join(home, '.cache/pip'), join(host.temp, 'sealed/a.whl'), join(home, '.netrc')]
    for (const path of [wheel, netrc, join(cache, 'old')]) await host.files.write(path, 'before')
    const installer = installerHost(host, {isolation, folder, installer: 'pip'})
    const targets = [...precious.map(path => join(host.workspace, path)), wheel, netrc]
    const lines = [
      ...targets.map(path => `echo after 2>/dev/null >'${path}' || echo kept`),
      `cat '${wheel}' '${netrc}' '${cache}/old'; echo new >'${cache}/new'; echo made >made`,
      'echo "$HOME $KIND"; [ -z "$GITHUB_ENV" ] || cat "$GITHUB_ENV" || exit 4; exit 3',
    ].join('\n')
    const argv = ['/bin/sh', '-c', lines, 'pip', 'install', wheel]
    const {stdout, exitCode} = await installer.exec(argv, {quiet: true, check: false, env: {KIND: 'pip'}})
    expect(stdout.replaceAll('kept\n', '')).toBe(`beforebeforebefore${home} pip\n`)
    expect(exitCode).toBe(3)
    for (const path of targets) expect(readFileSync(path, 'utf8')).toBe('before')
    expect([join(cache, 'new'), join(folder, 'made')].map(path => readFileSync(path, 'utf8'))).toEqual([
      'new\n',
      'made\n',
    ])
    // The message has the command as a person would type it.
    await expect(installer.exec(['/bin/sh', '-c', 'exit 3'], {quiet: true})).rejects.toMatchObject({
      code: 'TOOL',
      message: "/bin/sh -c 'exit 3' exited with 3",
    })
  },
)

test('without isolation it is the same machine', async () => {
  const {host, folder} = await isolationScene('no way', process.env)
  const isolation = openMachine('none')
  expect(installerHost(host, {isolation, folder, installer: 'uv'})).toBe(host)
  expect(installerHost(host, {isolation: undefined, folder, installer: 'uv'})).toBe(host)
})

import {readFileSync, readdirSync} from 'node:fs'
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
  'by way of %s what an installer starts keeps its settings, has a cache of its own, and changes nothing else',
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
      `cat '${wheel}' '${netrc}' "$PIP_CACHE_DIR/old"; echo new >"$PIP_CACHE_DIR/new"; echo made >made`,
      `echo after 2>/dev/null >'${cache}/old' || echo kept`,
      'echo "$HOME $KIND"; [ -z "$GITHUB_ENV" ] || cat "$GITHUB_ENV" || exit 4; exit 3',
    ].join('\n')
    const argv = ['/bin/sh', '-c', lines, 'pip', 'install', wheel]
    const {stdout, exitCode} = await installer.exec(argv, {quiet: true, check: false, env: {KIND: 'pip'}})
    expect(stdout.replaceAll('kept\n', '')).toBe(`beforebeforebefore${home} pip\n`)
    expect(exitCode).toBe(3)
    for (const path of targets) expect(readFileSync(path, 'utf8')).toBe('before')
    expect(readFileSync(join(folder, 'made'), 'utf8')).toBe('made\n')
    expect([readdirSync(cache), readFileSync(join(cache, 'old'), 'utf8')]).toEqual([['old'], 'before'])
    // What is installed next in this run finds what was fetched already.
    const next = await installer.exec(['/bin/sh', '-c', 'cat "$PIP_CACHE_DIR/new"'], {quiet: true})
    expect(next.stdout).toBe('new\n')
    // The message has the command as a person would type it.
    await expect(installer.exec(['/bin/sh', '-c', 'exit 3'], {quiet: true})).rejects.toMatchObject({
      code: 'TOOL',
      message: "/bin/sh -c 'exit 3' exited with 3",
    })
  },
)

test.each(usableWays)('by way of %s interpreters of uv can be started, and not be replaced', async name => {
  const scene = await isolationScene(name, process.env)
  cleanups.push(scene)
  const {host, isolation, folder} = scene
  const uv = join(host.workspace, '.home/.local/share/uv')
  const python = join(uv, 'python/cpython-3.13.1-linux-x86_64-gnu/bin/python3.99')
  await host.files.write(python, '#!/bin/sh\necho before\n', 0o755)
  await host.files.write(join(host.workspace, '.home/.cache/uv/CACHEDIR.TAG'), 'tag')
  const installer = installerHost(host, {isolation, folder, installer: 'uv'})
  const lines = [
    `echo 'echo after' 2>/dev/null >>'${python}' || echo kept`,
    `echo more 2>/dev/null >'${uv}/more' || echo kept`,
    'python3.99; cat "$UV_CACHE_DIR/CACHEDIR.TAG"; mkdir -p "$UV_PYTHON_INSTALL_DIR/new" && echo made',
  ]
  const {stdout} = await installer.exec(['/bin/sh', '-c', lines.join('\n')], {quiet: true})
  expect(stdout).toBe('kept\nkept\nbefore\ntagmade\n')
  expect(readFileSync(python, 'utf8')).toBe('#!/bin/sh\necho before\n')
  expect([readdirSync(uv), readdirSync(folder).includes('uv-python')]).toEqual([['credentials', 'python'], true])
})

test('without isolation it is the same machine', async () => {
  const {host, folder} = await isolationScene('no way', process.env)
  const isolation = openMachine('none')
  expect(installerHost(host, {isolation, folder, installer: 'uv'})).toBe(host)
  expect(installerHost(host, {isolation: undefined, folder, installer: 'uv'})).toBe(host)
})

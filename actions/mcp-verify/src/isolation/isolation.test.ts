import {chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync} from 'node:fs'
import {type AddressInfo, createServer} from 'node:net'
import {join} from 'node:path'
import {afterEach, expect, test} from '@jest/globals'
import {realHost} from '@mcp-release/action-kit'
import {type Scene, type WayName, isolationScene, precious, usableWays} from './testing'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const each of cleanups.splice(0).reverse()) await each()
})

async function sceneOf(name: WayName): Promise<Scene> {
  const scene = await isolationScene(name, process.env)
  cleanups.push(() => scene.close())
  return scene
}

// The command lines of all processes of this machine.
function commandLines(): readonly string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(pid => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      } catch {
        return ''
      }
    })
}

// One after the other in one scene, as to make a scene takes a second.
test.each(usableWays)(
  'by way of %s nothing but its own folder can be written, and nothing secret be read',
  async name => {
    const {host, run, folder} = await sceneOf(name)
    const targets = precious.map(path => join(host.workspace, path))
    const lines = [...targets, '/etc/marker', '/usr/marker'].map(
      path => `echo after 2>/dev/null >'${path}' && echo 'wrote ${path}'`,
    )
    const reads = targets.slice(1).map(path => `cat '${path}' 2>/dev/null`)
    const tricks = [
      `mount -o remount,rw '${host.workspace}'`,
      `umount -l '${host.temp}'`,
      `unshare -Urm sh -c "mount -o remount,bind,rw '${host.workspace}' && echo 2 >'${host.workspace}/sources'"`,
      `chroot / true && echo chroot`,
      `ls /proc/1/root/ /proc/1/cwd/`,
      `cat /proc/1/environ`,
      `echo x >/proc/1/mem`,
      `echo h >/proc/sysrq-trigger`,
      `echo x >/proc/sys/kernel/hostname`,
    ].map(trick => `{ ${trick}; } >>seen 2>/dev/null`)
    const fds =
      'for fd in 3 8 9 10 11 12; do cat /proc/1/fd/$fd 2>/dev/null; done; echo x 2>/dev/null >/proc/1/fd/9 && echo wrote report'
    const done = [
      fds,
      'echo own >kept',
      'echo temporary >/tmp/kept',
      'cat seen',
      `readlink /proc/self/fd/* | grep -vE '^(/dev/null|(pipe|socket):.*|.*/\\.bin/.*|/proc/.*)$'`,
    ]
    const {stdout, exit} = await run([...reads, ...lines, ...tricks, ...done].join('\n'))
    // What it writes into hidden folders is written into empty ones of its own.
    const shown = stdout.replace(/^wrote .*(?:\.git|\.home|gha-creds-|\.env$|\.docker).*\n/gm, '')
    expect({stdout: shown, exit}).toEqual({stdout: '', exit: {code: 1, signal: null}})
    for (const path of targets) expect(readFileSync(path, 'utf8')).toBe('before')
    expect(readFileSync(join(folder, 'kept'), 'utf8')).toBe('own\n')
  },
)

// https://github.com/actions/runner, src/Runner.Common/HostContext.cs: what lies beside `bin` and `externals`.
test.each(usableWays)('by way of %s a self-hosted runner is not seen, wherever it is', async name => {
  const cache = join(process.cwd(), '.cache')
  mkdirSync(cache, {recursive: true})
  const root = mkdtempSync(join(cache, 'actions-runner-'))
  cleanups.push(() => rmSync(root, {recursive: true}))
  const secrets = ['.credentials', '.credentials_rsaparams', '.runner', '_diag/Runner.log', '_work/a/a/.git/config']
  const work = join(root, '_work')
  const host = realHost({})
  for (const path of [...secrets, '_work/_tool/node/bin/tool'])
    await host.files.write(join(root, path), '#!/bin/sh\necho seen\n', 0o755)
  for (const path of ['', '_work', '_work/_tool']) chmodSync(join(root, path), 0o755)
  const variables = {RUNNER_WORKSPACE: join(work, 'b'), RUNNER_TOOL_CACHE: join(work, '_tool')}
  const PATH = `${join(work, '_tool/node/bin')}:${process.env['PATH'] ?? ''}`
  const scene = await isolationScene(name, {...process.env, ...variables, PATH})
  cleanups.push(() => scene.close())
  const reads = secrets.map(path => `cat '${join(root, path)}' 2>/dev/null`)
  expect((await scene.run([...reads, 'tool', `ls -A '${root}' '${work}'`].join('\n'))).stdout).toBe(
    `seen\n${root}:\n_work\n\n${work}:\n_tool\n`,
  )
})

test.each(usableWays)(
  'by way of %s no service of the machine is reached',
  async name => {
    const {host, run} = await sceneOf(name)
    const reached: string[] = []
    const service = createServer(socket => {
      reached.push('connected')
      socket.destroy()
    })
    const local = createServer(socket => {
      reached.push('connected to the socket')
      socket.destroy()
    })
    const socket = join(host.workspace, 'service.sock')
    await new Promise<void>(resolve => service.listen(0, '127.0.0.1', resolve))
    cleanups.push(
      () => service.close(),
      () => local.close(),
    )
    const {port} = service.address() as AddressInfo
    const script = (where: string) =>
      `node -e 'require("net").connect(${where}).on("connect", () => console.log("reached")).on("error", ({code}) => console.log(code))'`
    // The second scene begins after the socket is there.
    await new Promise<void>(resolve => local.listen(socket, resolve))
    const {stdout} = await run(`${script(`{port: ${port}, host: "127.0.0.1"}`)}\n${script(`{path: "${socket}"}`)}`)
    expect({reached, lines: stdout.trim().split('\n')}).toEqual({reached: [], lines: ['ECONNREFUSED', 'ECONNREFUSED']})
  },
  20_000,
)

test.each(usableWays)(
  'by way of %s whatever it leaves ends with it, and is counted',
  async name => {
    const {command, run} = await sceneOf(name)
    const marker = `31${process.pid}.${usableWays.indexOf(name)}`
    const daemon = `env -i setsid setsid sh -c 'trap "" TERM HUP INT; sleep ${marker} & sleep ${marker}' </dev/null >/dev/null 2>&1 &`
    const lines = `${daemon}\nkill -KILL 1 $PPID\nkill -TERM 1\nsleep 0.3\nexit 7`
    expect((await run(lines)).exit).toEqual({code: 7, signal: null})
    expect(commandLines().filter(line => line.includes(marker))).toEqual([])
    const {isolated} = await command('exit 0')
    expect(isolated).toBeDefined()
    // All of its own namespace, which is all that it sees.
    const killed = await run(`${daemon}\nsleep 0.3\nkill -KILL -1\necho still`)
    expect(killed).toMatchObject({stdout: 'still\n', exit: {code: 0}})
    expect((await run('kill -KILL 0; echo still')).exit).toEqual({code: null, signal: 'SIGKILL'})
  },
  20_000,
)

test.each(usableWays)('by way of %s variables reach the server, and nothing before it', async name => {
  const {run} = await sceneOf(name)
  const library = '/nowhere/marker.so'
  const env = {
    LD_PRELOAD: library,
    'WITH-DASH': "it's",
    OPTIND: 'text',
    UID: '7',
    EMPTY: '',
    LINES: 'a\nb$(c)`d`',
    PS4: 'x',
  }
  const {stdout, stderr} = await run(['/usr/bin/env', '-0'], {env})
  // The loader says so in each program that gets the variable: env for names of no shell, and env here.
  expect(stderr.split('\n').filter(line => line.includes(library)).length).toBe(2)
  for (const [variable, text] of Object.entries(env)) expect(stdout).toContain(`${variable}=${text}\0`)
  expect(stdout).not.toMatch(/SUDO|GITHUB|MCP_RELEASE|HOME/)
})

import {expect, test} from '@jest/globals'
import {tarGz} from '@mcp-release/archives'
import {parseJson, verificationSchema} from '@mcp-release/release-model'
import {ensurePythonTools} from '@mcp-release/tools'
import {entry, speaking, time, wheel, workspace as makeWorkspace} from './testing'

const slow = 180_000
const workspace = (files: Parameters<typeof makeWorkspace>[0]) => makeWorkspace(files, process.env)

const shebang = '#!/usr/bin/env node'
const server = (opening = '', first = shebang) => speaking(`${first}\n${opening}`)

function tarball(manifest: object, files: Readonly<Record<string, string>>): Uint8Array {
  const described = JSON.stringify({name: 'demo', version: '1.0.0', type: 'module', ...manifest})
  const own = Object.entries(files).map(([name, text]) => entry(`package/${name}`, text))
  return tarGz([entry('package/package.json', described), ...own], {time})
}

const cli = `${shebang}\nconsole.log('1.0.0')\n`
const byLink = server('if (!process.argv[1].includes(".bin")) throw new Error(`not by the link: ${process.argv[1]}`)')
// What many servers write to run only as a program; by the link of npm it is never true.
const byPath = server('if (import.meta.url !== `file://${process.argv[1]}`) process.exit(0)')

test(
  'an npm package is started by the link that npx starts, with its shebang',
  async () => {
    const place = await workspace({
      'link.tgz': tarball({bin: 'a.js'}, {'a.js': byLink}),
      'two.tgz': tarball({bin: {demo: 'a.js', setup: 'b.js'}}, {'a.js': byLink, 'b.js': cli}),
      'flag.tgz': tarball(
        {bin: 'a.js'},
        {
          'a.js': server(
            'if (process.execArgv[0] !== "--no-warnings") throw 1',
            '#!/usr/bin/env -S node --no-warnings',
          ),
        },
      ),
      // npm writes LF into the shebang when it links a command.
      'crlf.tgz': tarball({bin: 'a.js'}, {'a.js': server('', `${shebang}\r`)}),
      'folder.tgz': tarball({directories: {bin: 'bin'}}, {'bin/demo': byLink, 'bin/.hidden': ''}),
    })
    expect(await place.run({report: 'r.json'})).toMatchObject({verified: '5'})
    const report = parseJson(verificationSchema, {file: 'r.json', text: await place.host.files.readText('r.json')})
    const two = report.servers.find(({file}) => file === 'two.tgz')
    expect(two?.checks[1]).toEqual({name: 'commands-load', status: 'ok', detail: 'setup'})
  },
  slow,
)

test(
  'what npx cannot start fails, each with the reason',
  async () => {
    const place = await workspace({
      'path.tgz': tarball({bin: 'a.js'}, {'a.js': byPath}),
      'many.tgz': tarball({bin: {a: 'a.js', b: 'b.js'}}, {'a.js': byLink, 'b.js': cli}),
      'arguments.tgz': tarball({bin: 'a.js'}, {'a.js': server('', `${shebang} --no-warnings`)}),
      'mark.tgz': tarball({bin: 'a.js'}, {'a.js': `\uFEFF${byLink}`}),
      'bare.tgz': tarball({bin: 'a.js'}, {'a.js': server('', '')}),
      'elsewhere.tgz': tarball({bin: 'a.js'}, {'a.js': server('', '#!/opt/nowhere/node')}),
      'other.tgz': tarball(
        {bin: {demo: 'a.js', broken: 'b.js', typo: 'c.js', gone: 'd.js', picky: 'e.js'}},
        {
          'a.js': byLink,
          'b.js': `${shebang}\nimport 'not-there'\n`,
          'c.js': `${shebang}\nconst {\n`,
          'e.js': `${shebang}\nthrow new Error('SyntaxError is what I say without a key')\n`,
        },
      ),
    })
    const error = (await place.run().catch((caught: unknown) => caught)) as Error & {hint: string}
    const told = (file: string) =>
      error.message.split('\n- ').find(each => each.replace('- ', '').startsWith(file)) ?? ''
    expect(told('path.tgz')).toContain('handshake')
    expect(told('many.tgz')).toContain(
      'npx demo "could not determine executable to run": of a, b, none is named "demo"',
    )
    expect(told('arguments.tgz')).toContain('Linux gives env "node --no-warnings" as one word')
    expect(told('mark.tgz')).toContain('byte order mark')
    expect(told('bare.tgz')).toContain('has no shebang, so that the shell runs it')
    expect(told('elsewhere.tgz')).toContain('is run by /opt/nowhere/node, which is not on this machine')
    const other = told('other.tgz')
    expect(other).toContain("commands-load: broken: Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'not-there'")
    expect(other).toContain('typo: SyntaxError')
    expect(other).toContain('gone: its file d.js is not in the tarball')
    expect(other).not.toContain('picky')
    expect(error.hint).toContain('many.tgz: Name one of "bin" in package.json "demo", or leave only one.')
    expect(error.hint).toContain('arguments.tgz: Write #!/usr/bin/env -S node --no-warnings')
  },
  slow,
)

const pythonScript = '[console_scripts]\ndemo-server = demo_server:main\n'

test(
  'each script of a wheel must load, and needs nobody who asks for its extra',
  async () => {
    const sound = `${pythonScript}other = demo_server:main\nwith-extra = not_there:main [cli]\n[gui_scripts]\nwindow = demo_server:main\n`
    const broken = `${pythonScript}gone = demo_server.cli:main\nempty = demo_server:absent\nforeign = not_there:main\n`
    const place = await workspace({
      'demo_server-1.0.0rc1-py3-none-any.whl': wheel(sound),
      'demo_server-1.0.0rc1-1-py3-none-any.whl': wheel(broken),
    })
    const error = (await place.run().catch((caught: unknown) => caught)) as Error
    expect(error.message).not.toContain('rc1-py3')
    expect(error.message).toContain(
      "demo_server-1.0.0rc1-1-py3-none-any.whl: commands-load: gone: demo_server.cli:main: ModuleNotFoundError: No module named 'demo_server.cli'",
    )
    expect(error.message).toContain('empty: demo_server:absent: demo_server has no absent')
    expect(error.message).toContain("foreign: not_there:main: ModuleNotFoundError: No module named 'not_there'")
  },
  slow,
)

test(
  'what uvx NAME does not find is refused, unless somebody says what users start',
  async () => {
    const place = await workspace({
      'demo_server-1.0.0rc1-py3-none-any.whl': wheel('[console_scripts]\nserve = demo_server:main\n'),
    })
    await expect(place.run()).rejects.toMatchObject({
      message: expect.stringContaining('installs: uvx demo-server finds no command of that name: it has serve'),
      hint: expect.stringContaining('demo-server = "…"'),
    })
    expect(await place.run({executable: 'serve'})).toMatchObject({verified: '1'})
    await place.host.files.write(
      'server.json',
      JSON.stringify({name: 'io.github.demo/server', packages: [{registryType: 'pypi', identifier: 'demo-server'}]}),
    )
    await expect(place.run({executable: 'serve'})).rejects.toMatchObject({
      message: expect.stringContaining(
        'server.json has clients start it by that name: uvx demo-server finds no command',
      ),
    })
    // uv itself agrees.
    const {bin} = await ensurePythonTools(place.host, 'uv')
    const options = [
      '--offline',
      '--no-index',
      '--find-links',
      `${place.host.workspace}/built`,
      '--prerelease',
      'allow',
    ]
    const uvx = (argv: readonly string[]) =>
      place.host.exec([`${bin}/uvx`, ...options, ...argv], {
        check: false,
        quiet: true,
        env: {UV_CACHE_DIR: `${place.host.temp}/uv`},
      })
    expect((await uvx(['demo-server'])).exitCode).not.toBe(0)
    expect((await uvx(['--from', 'demo-server', 'serve'])).exitCode).toBe(0)
  },
  slow,
)

test(
  'npx itself agrees on the command of a package',
  async () => {
    const place = await workspace({
      'one.tgz': tarball({bin: {other: 'a.js'}}, {'a.js': cli}),
      'alias.tgz': tarball({bin: {b: 'a.js', a: './a.js'}}, {'a.js': cli}),
      'many.tgz': tarball({bin: {a: 'a.js', b: 'b.js'}}, {'a.js': cli, 'b.js': cli}),
    })
    const codes: Record<string, number> = {}
    for (const name of ['one', 'alias', 'many']) {
      const argv = ['npm', 'exec', '--yes', '--offline', '--', `./built/${name}.tgz`]
      const env = {npm_config_cache: `${place.host.temp}/npm-${name}`}
      codes[name] = (await place.host.exec(argv, {check: false, quiet: true, cwd: place.host.workspace, env})).exitCode
    }
    expect(codes).toEqual({one: 0, alias: 0, many: 1})
  },
  slow,
)

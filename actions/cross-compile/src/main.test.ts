import {mkdtempSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {type Host, readInputs, realHost} from '@mcp-release/action-kit'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {readTar, readZip} from '@mcp-release/archives'
import {parseFragment} from '@mcp-release/release-model'
import {contract} from './action.gen'
import {main} from './main'

const raw = (given: Record<string, string> = {}) =>
  readInputs(
    contract,
    Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  )

const goFiles = {
  'go.mod': 'module example.org/tiny\n\ngo 1.21\n',
  'main.go': 'package main\n\nvar version, commit, date string\n\nfunc main() { println(version, commit, date) }\n',
  LICENSE: 'Apache-2.0\n',
}
const rustFiles = {
  'Cargo.toml': '[package]\nname = "tiny"\nversion = "1.2.3"\nedition = "2021"\n',
  'Cargo.lock': 'version = 3\n\n[[package]]\nname = "tiny"\nversion = "1.2.3"\n',
  'src/main.rs': 'fn main() {\n    println!("tiny {}", file!());\n}\n',
}

async function realProject(files: Record<string, string>): Promise<Host> {
  const folder = mkdtempSync(join(tmpdir(), 'cross-compile-'))
  const host = realHost({
    ...process.env,
    GITHUB_WORKSPACE: join(folder, 'workspace'),
    RUNNER_TEMP: join(folder, 'temp'),
    GITHUB_STEP_SUMMARY: '',
    GITHUB_SHA: 'c'.repeat(40),
  })
  for (const [name, text] of Object.entries(files)) await host.files.write(name, text)
  return host
}

const given = {version: 'v1.2.3', 'source-date': '1700000000', fragment: 'fragment.json', package: 'p'}
const hasTools = async (...programs: string[]) => {
  const host = realHost(process.env)
  return (await Promise.all(programs.map(program => host.which(program)))).every(path => path !== undefined)
}
const go = (await hasTools('go')) ? test : test.skip
const rust = (await hasTools('cargo', 'rustup', 'python3')) ? test : test.skip

go(
  'a Go program is built for six platforms from any folder with the same bytes',
  async () => {
    const [one, other] = [await realProject(goFiles), await realProject(goFiles)]
    const outputs = await main(raw(given), one)
    expect(outputs.archives.split('\n')).toEqual([
      'built/tiny_1.2.3_linux_amd64.tar.gz',
      'built/tiny_1.2.3_linux_arm64.tar.gz',
      'built/tiny_1.2.3_darwin_amd64.tar.gz',
      'built/tiny_1.2.3_darwin_arm64.tar.gz',
      'built/tiny_1.2.3_windows_amd64.zip',
      'built/tiny_1.2.3_windows_arm64.zip',
    ])
    expect((await main(raw(given), other)).artifacts).toBe(outputs.artifacts)
    const fragment = parseFragment('fragment.json', await one.files.readText('fragment.json'))
    expect(fragment.artifacts).toEqual(JSON.parse(outputs.artifacts))
    expect(fragment.artifacts[4]).toMatchObject({kind: 'archive', platform: 'windows/amd64', package: 'p'})
    const zipped = readZip(await one.files.readBytes('built/tiny_1.2.3_windows_amd64.zip'))
    expect(zipped.map(({name, mode}) => [name, mode])).toEqual([
      ['LICENSE', 0o644],
      ['tiny.exe', 0o755],
    ])
  },
  300_000,
)

go(
  'the built Go program knows its version, commit and date',
  async () => {
    const host = await realProject(goFiles)
    const {os, arch} = host.platform
    const outputs = await main(raw({...given, targets: `${os}/${arch}`}), host)
    const bytes = await host.files.readBytes(outputs.archives)
    const entries = os === 'windows' ? readZip(bytes) : await readTar(bytes)
    const program = entries.find(({name}) => name.startsWith('tiny'))
    const path = join(host.temp, 'unpacked', program?.name ?? '')
    await host.files.write(path, program?.content ?? '', program?.mode ?? 0)
    const answer = await host.exec([path], {quiet: true})
    expect(answer.stderr.trim()).toBe(`1.2.3 ${'c'.repeat(40)} 2023-11-14T22:13:20Z`)
  },
  120_000,
)

go(
  'a library is refused with the name of what should have been a program',
  async () => {
    const host = await realProject({...goFiles, 'main.go': 'package tiny\n'})
    const {os, arch} = host.platform
    await expect(main(raw({...given, targets: `${os}/${arch}`}), host)).rejects.toMatchObject({
      code: 'BINARY',
      message: '.: is the package tiny, not a program (package main)',
    })
    expect(await host.files.list('built')).toEqual([])
  },
  120_000,
)

// The first run of zig compiles its C libraries; a second takes seconds.
rust(
  'a Rust program is built for its own and a foreign platform from any folder with the same bytes',
  async () => {
    const [one, other] = [await realProject(rustFiles), await realProject(rustFiles)]
    const targets = {...given, targets: 'linux/amd64\ndarwin/arm64'}
    const outputs = await main(raw(targets), one)
    expect((await main(raw(targets), other)).artifacts).toBe(outputs.artifacts)
    const entries = await readTar(await one.files.readBytes('built/tiny_1.2.3_linux_amd64.tar.gz'))
    const program = Buffer.from(entries.find(({name}) => name === 'tiny')?.content ?? '')
    expect(program.includes(one.workspace)).toBe(false)
    expect(program.includes('.dep-v0')).toBe(true)
  },
  900_000,
)

test('a missing Go names what to install', async () => {
  const host = new FakeHost()
  for (const [name, text] of Object.entries(goFiles)) await host.files.write(name, text)
  await expect(main(raw(given), host)).rejects.toMatchObject({code: 'TOOL_MISSING'})
  expect(host.commands.find(({argv}) => argv[0] === 'go')?.options.installHint).toContain('actions/setup-go')
})

test('a result for another machine is refused, and no archive is written', async () => {
  const host = new FakeHost(async argv => {
    const at = argv.indexOf('-o')
    if (at > 0) await host.files.write(argv[at + 1] ?? '', 'no program')
    return {}
  })
  for (const [name, text] of Object.entries(goFiles)) await host.files.write(name, text)
  await expect(main(raw({...given, targets: 'linux/arm64'}), host)).rejects.toMatchObject({
    code: 'BINARY',
    message: expect.stringContaining('linux_arm64/tiny: expected an executable for linux/arm64, found none'),
  })
  expect(await host.files.list('built')).toEqual([])
})

test('files to include must be there, unless they are only the usual ones, and must not collide', async () => {
  const host = new FakeHost()
  await host.files.write('go.mod', 'module example.org/tiny\n')
  await host.files.write('a/NOTICE', '')
  await host.files.write('b/NOTICE', '')
  const wrong = main(raw({...given, include: 'LICENSE*\nmissing.txt\n*/NOTICE'}), host)
  await expect(wrong).rejects.toMatchObject({
    code: 'INPUT',
    problems: [
      expect.stringContaining('include: "missing.txt" matches no file'),
      expect.stringContaining('would have the same name in the archive'),
    ],
  })
})

test('a missing Cargo.lock is found before anything is built', async () => {
  const host: FakeHost = new FakeHost(argv => {
    if (argv[1] !== 'metadata') return undefined
    const targets = [{name: 'tiny', kind: ['bin']}]
    const own = {
      name: 'tiny',
      version: '1.2.3',
      manifest_path: `${host.workspace}/Cargo.toml`,
      default_run: null,
      targets,
    }
    return {stdout: JSON.stringify({workspace_root: host.workspace, packages: [own]})}
  })
  await host.files.write('Cargo.toml', rustFiles['Cargo.toml'])
  await expect(main(raw(given), host)).rejects.toMatchObject({
    code: 'INPUT',
    hint: expect.stringContaining('Commit Cargo.lock'),
  })
  expect(host.commands).toHaveLength(1)
})

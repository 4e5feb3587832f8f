import {spawn, spawnSync} from 'node:child_process'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {delimiter, dirname, join} from 'node:path'
import {text} from 'node:stream/consumers'
import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, expect, test} from '@jest/globals'
import {type Forge, startForge} from '@mcp-release/forge'
import {pins} from '@mcp-release/tools'
import {stubTool, temporaryFolder} from './run-bundle'

const dist = join(dirname(fileURLToPath(import.meta.url)), '../../dist')
const inNamespaces = ['--user', '--map-root-user', '--mount', '--', '/bin/sh', '-c']
// A small disk of one's own takes a mount, which takes namespaces: Ubuntu's runners refuse them, macOS and Windows have none.
const canMount = spawnSync('unshare', [...inNamespaces, 'mount -t tmpfs none /mnt']).status === 0
const withDisk = canMount ? test : test.skip

const cosign = stubTool(
  'cosign',
  pins.cosign,
  `const {readFileSync, writeFileSync} = require('node:fs')
  const {createHash} = require('node:crypto')
  const args = process.argv.slice(2)
  if (args[0] === 'public-key') console.log('-----BEGIN PUBLIC KEY-----\\nx\\n-----END PUBLIC KEY-----')
  if (args[0] === 'sign-blob') {
    const digest = createHash('sha256').update(readFileSync(args.at(-1))).digest('base64')
    const messageSignature = {messageDigest: {algorithm: 'SHA2_256', digest}, signature: 'x'}
    writeFileSync(args[args.indexOf('--bundle') + 1], JSON.stringify({messageSignature}))
  }`,
)
const key = '-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\nc2VjcmV0\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----'

const plan = {
  ...{schemaVersion: 1, name: 'demo', sourceDate: 0, packages: [], jobs: [], bundles: [], skipped: [], findings: []},
  version: {tag: 'v1.0.0', text: '1.0.0', semver: '1.0.0', pep440: '1.0.0', prerelease: false, channel: 'stable'},
  artifacts: [{name: 'demo.tgz', kind: 'npm-package', job: 'npm'}],
  settings: {},
}

const forges: Forge[] = []
beforeAll(async () => {
  const tags = {'v1.0.0': 'c'.repeat(40)}
  forges.push(await startForge({repositories: [{owner: 'o', name: 'r', tags}]}))
})
afterAll(async () => {
  for (const forge of forges) await forge.close()
})

interface Run {
  readonly action: string
  readonly inputs: Readonly<Record<string, string>>
}

const runs: Readonly<Record<string, Run>> = {
  'gh-release': {
    action: 'gh-release',
    inputs: {files: 'built/*', token: 'x', checksums: 'true', 'body-path': 'notes.md'},
  },
  'cosign-sign': {
    action: 'cosign-sign',
    inputs: {files: 'built/*', key, 'output-directory': 'out', 'public-key': 'cosign.pub'},
  },
  seal: {
    action: 'release-assemble',
    inputs: {plan: 'plan.json', stage: 'sealed', handovers: 'handovers', directory: 'out', seal: 'seal.json'},
  },
  unchanged: {
    action: 'release-assemble',
    inputs: {plan: 'plan.json', stage: 'unchanged', directory: 'out', seal: 'seal.json'},
  },
  checksums: {action: 'release-assemble', inputs: {plan: 'plan.json', stage: 'unchanged', directory: 'out'}},
}

/** Runs a bundle where lines of a shell have made the disk what it is; `$TEMP` and `$OUT` are its folders. */
async function runOn({action, inputs}: Run, disk: string) {
  const home = temporaryFolder()
  const [workspace, temp, out] = [join(home, 'workspace'), join(home, 'temp'), join(home, 'workspace/out')]
  for (const folder of [join(workspace, 'built'), join(workspace, 'handovers/built-npm/files'), temp, out])
    mkdirSync(folder, {recursive: true})
  writeFileSync(join(workspace, 'built/a.tgz'), 'x'.repeat(100_000))
  writeFileSync(join(workspace, 'handovers/built-npm/files/demo.tgz'), 'x'.repeat(100_000))
  writeFileSync(join(workspace, 'plan.json'), JSON.stringify(plan))
  writeFileSync(join(workspace, 'notes.md'), 'notes')
  const outputs = join(home, 'outputs')
  writeFileSync(outputs, '')
  const env = {
    ...{PATH: [cosign, process.env['PATH'] ?? ''].join(delimiter), HOME: home, TEMP: temp, OUT: out},
    ...{GITHUB_WORKSPACE: workspace, RUNNER_TEMP: temp, GITHUB_OUTPUT: outputs},
    ...{GITHUB_REPOSITORY: 'o/r', GITHUB_REF: 'refs/tags/v1.0.0', GITHUB_API_URL: forges[0]?.url ?? ''},
  }
  // The shell drops variables with a hyphen.
  const given = Object.entries(inputs).map(([name, value]) => `INPUT_${name.toUpperCase()}=${value}`)
  const program = ['env', ...given, process.execPath, join(dist, action, 'index.js')]
  const argv = [...inNamespaces, `set -e\n${disk}\nexec "$@"`, 'sh', ...program]
  const child = spawn('unshare', argv, {cwd: workspace, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 20_000})
  const [stdout, status] = await Promise.all([
    text(child.stdout),
    new Promise<number | null>(resolve => child.on('close', resolve)),
  ])
  return {status, stdout, outputs: readFileSync(outputs, 'utf8')}
}

const full = (folder: string) =>
  `mount -t tmpfs -o size=64k none ${folder}; dd if=/dev/zero of=${folder}/rest bs=1k 2>/dev/null || :`
const readOnly = (folder: string) => `mount -t tmpfs -o ro none ${folder}`
const special = 'is a link or no plain file: name the file itself, or leave it out'

withDisk.each([
  ['gh-release', 'a full disk for checksums', full('$TEMP'), '[SYSTEM]: ENOSPC'],
  ['gh-release', 'a read-only disk for checksums', readOnly('$TEMP'), '[SYSTEM]: EROFS'],
  ['gh-release', 'a pipe among the files', 'mkfifo built/b.tgz', `files: "built/b.tgz" ${special}`],
  ['gh-release', 'a link among the files', 'ln -s a.tgz built/b.tgz', `files: "built/b.tgz" ${special}`],
  ['gh-release', 'a link to nothing among the files', 'ln -s gone built/b.tgz', `files: "built/b.tgz" ${special}`],
  [
    'gh-release',
    'a folder in the place of the notes',
    'rm notes.md; mkdir notes.md',
    'body-path: "notes.md" is no file',
  ],
  [
    'gh-release',
    'a pipe in the place of the notes',
    'rm notes.md; mkfifo notes.md',
    'body-path: "notes.md" is no file',
  ],
  ['cosign-sign', 'a full disk for signatures', full('$OUT'), '[SYSTEM]: ENOSPC'],
  ['cosign-sign', 'a read-only disk for signatures', readOnly('$OUT'), '[SYSTEM]: EROFS'],
  ['cosign-sign', 'a full disk for what cosign needs', full('$TEMP'), '[SYSTEM]: ENOSPC'],
  [
    'cosign-sign',
    'a folder in the place of a signature',
    'mkdir out/a.tgz.sigstore.json',
    'the signature of "a.tgz" goes to',
  ],
  [
    'cosign-sign',
    'a folder in the place of the public key',
    'mkdir cosign.pub',
    'public-key: "cosign.pub" is a folder',
  ],
  ['cosign-sign', 'a file in the place of the folder', 'rmdir out; touch out', '[SYSTEM]: EEXIST'],
  ['cosign-sign', 'a pipe among the files', 'mkfifo built/b.tgz', `files: "built/b.tgz" ${special}`],
  ['cosign-sign', 'a link among the files', 'ln -s a.tgz built/b.tgz', `files: "built/b.tgz" ${special}`],
  [
    'seal',
    'a link among the files',
    'cd handovers/built-npm/files; mv demo.tgz x; ln -s x demo.tgz; cd -',
    'is a link, not a file',
  ],
  ['seal', 'a pipe among the files', 'mkfifo handovers/built-npm/files/x', 'is a special file, not a file'],
  [
    'seal',
    'a pipe in the place of the fragment',
    'mkfifo handovers/built-npm/fragment.json',
    'built-npm: has no fragment.json',
  ],
  ['seal', 'a folder in the place of the seal', 'mkdir seal.json', 'seal: "seal.json" is a folder'],
  ['unchanged', 'a pipe in the place of the seal', 'mkfifo seal.json', 'seal: is a special file, not a file'],
  ['unchanged', 'no seal', ':', 'seal: is not there'],
  ['unchanged', 'a link in the place of the seal', 'ln -s plan.json seal.json', 'seal: is a link, not a file'],
  [
    'checksums',
    'a pipe in the place of the checksums',
    'mkfifo out/SHA256SUMS',
    'SHA256SUMS: is a special file, not a file',
  ],
  ['checksums', 'no checksums', ':', 'SHA256SUMS: is not there'],
] as const)(
  '%s with %s fails and says why',
  async (name, _, disk, words) => {
    const run = runs[name]
    if (run === undefined) throw new Error(name)
    const {status, stdout, outputs} = await runOn(run, disk)
    expect(stdout).toContain(words)
    expect(stdout).not.toContain('UNEXPECTED')
    expect({status, outputs}).toEqual({status: 1, outputs: ''})
  },
  30_000,
)

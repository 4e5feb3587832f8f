// @ts-check
// Installs nothing: the machine's own toolchain is used, whatever version was asked for, and said so.
import {execFileSync} from 'node:child_process'
import {existsSync} from 'node:fs'
import {resolve} from 'node:path'

const input = (/** @type {string} */ name) => (process.env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
const goFile = input('go-version-file')
if (goFile !== '' && !existsSync(resolve(process.env['GITHUB_WORKSPACE'] ?? '.', goFile))) {
  console.log(`::error::The specified go version file at: ${goFile} does not exist`)
  process.exit(1)
}
const [program, argument, asked] =
  goFile !== ''
    ? ['go', 'version', goFile]
    : input('python-version') !== ''
      ? ['python3', '--version', input('python-version')]
      : ['node', '--version', input('node-version')]
try {
  const version = execFileSync(program, [argument], {encoding: 'utf8'}).trim()
  console.log(`${program}: ${version} is used; the workflow asks for ${asked}`)
} catch (error) {
  console.log(`::error::${program} is not on PATH of this machine; install it to run the stand (${error})`)
  process.exit(1)
}

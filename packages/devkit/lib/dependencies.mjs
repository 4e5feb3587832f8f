// @ts-check
import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

/** Runs `npm ci` unless node_modules already is what package-lock.json says. @param {string} root */
export function installDependencies(root) {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const marker = join(root, 'node_modules/.installed')
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  writeFileSync(marker, wanted)
}

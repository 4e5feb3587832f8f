// @ts-check
// Writes src/deflate-worker.gen.ts: the program of the threads that help to compress, as a text, because an action is one
// file, and a thread needs a program of its own.
import {execFileSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
const source = join(root, 'packages/archives/src')
const ncc = createRequire(import.meta.url).resolve('@vercel/ncc/dist/ncc/cli.js')
const out = mkdtempSync(join(tmpdir(), 'deflate-worker-'))
try {
  const args = [ncc, 'build', join(source, 'deflate-worker.cjs'), '-o', out, '-C', '-t', '-m', '-q']
  const env = {...process.env, TS_NODE_PROJECT: join(root, 'tsconfig.json')}
  execFileSync(process.execPath, args, {stdio: 'inherit', cwd: root, env})
  const program = readFileSync(join(out, 'index.cjs'), 'utf8')
  const head = '/** The bundle of deflate-worker.cjs, written by `npm run generate`. */'
  writeFileSync(
    join(source, 'deflate-worker.gen.ts'),
    `${head}\nexport const deflateWorker =\n  ${JSON.stringify(program)}\n`,
  )
} finally {
  rmSync(out, {recursive: true, force: true})
}

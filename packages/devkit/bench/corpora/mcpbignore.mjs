// @ts-check
// Which files of a tree go into a bundle, here and by the official package, for made-up .mcpbignore files: the tree has the
// names of this repository and of installed packages. `npm run bench -- corpora:mcpbignore`
import {execFileSync} from 'node:child_process'
import {mkdirSync, readdirSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {bundledPackage} from '../../lib/bundled-package.mjs'
import {random} from './archives/mutants.mjs'

const trees = 250
const require = createRequire(import.meta.url)
// Left out here alone, because they differ from machine to machine: README of mcpb-bundle.
const records =
  /(?:^|\/)(?:__pycache__|\.package-lock\.json|\.yarn-integrity|\.yarn-state\.yml|\.modules\.yaml)(?:\/|$)/

/** @param {Pick<import('../../lib/bench-table.mjs').Bench, 'root' | 'scratch'>} bench */
export async function run({root, scratch}) {
  const files = await import(pathToFileURL(join(dirname(require.resolve('@anthropic-ai/mcpb')), 'node/files.js')).href)
  const {bundleFilter} = await bundledPackage(join(root, 'packages/mcpb/src/index.ts'), join(scratch, 'bundle'))
  const names = namesOf(root)
  const tree = join(scratch, 'tree')
  for (const name of names) {
    mkdirSync(dirname(join(tree, name)), {recursive: true})
    writeFileSync(join(tree, name), '')
  }
  const pick = random(8)
  /** @type {string[]} */
  const listed = []
  let packed = 0
  for (let count = 0; count < trees; count++) {
    const text = ignoreFile(names, pick)
    writeFileSync(join(tree, '.mcpbignore'), text)
    const theirs = new Set(Object.keys(files.getAllFiles(tree, tree, {}, files.readMcpbIgnorePatterns(tree))))
    const keeps = bundleFilter(text)
    packed += theirs.size
    const wrong = names.filter(name => keeps(name) !== theirs.has(name))
    if (wrong.length > 0)
      listed.push(
        `${JSON.stringify(text)}: ${wrong
          .slice(0, 5)
          .map(name => `${name} ${theirs.has(name) ? 'is' : 'is not'} packed`)
          .join(', ')}`,
      )
  }
  return {cases: trees * names.length, packed, wrong: listed.length, listed}
}

/** @param {string} root */
function namesOf(root) {
  const own = execFileSync('git', ['ls-files'], {cwd: root, encoding: 'utf8'})
    .trim()
    .split('\n')
    .filter((_, at) => at % 6 === 0)
  const packages = ['semver', 'zod', 'typescript', '@types/node'].flatMap(name =>
    readdirSync(join(root, 'node_modules', name), {recursive: true, encoding: 'utf8', withFileTypes: true})
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name).slice(root.length + 1))
      .filter((_, at) => at % 4 === 0),
  )
  const hidden = [
    '.env',
    '.env.local',
    'a/.env',
    '.npmrc',
    '.git/HEAD',
    'x/.git/HEAD',
    '.gitignore',
    '.DS_Store',
    'a/Thumbs.db',
    'npm-debug.log',
    'a b/c d.txt',
    '#a',
    'a#b',
    '!a',
    'größe.txt',
    'UPPER/File.TXT',
    'test/a',
    'src/test/a',
    'docs/a.md',
    'docs/keep.md',
    'lib/test',
    'node_modules/.bin/x',
    'a/node_modules/.bin/x',
    'node_modules/.cache/y',
    'yarn.lock',
    'a/yarn.lock',
    'tsconfig.json',
    'x.tsbuildinfo',
    'old.mcpb',
    '[a]/b',
    'a*b',
    'dir/sub/deep/x.js',
  ]
  return [...new Set([...own, ...packages, ...hidden])].filter(
    name => !records.test(name) && !name.endsWith('.mcpbignore'),
  )
}

/** @param {readonly string[]} names @param {(limit: number) => number} pick */
function ignoreFile(names, pick) {
  const lines = Array.from({length: 1 + pick(8)}, () => {
    const name = names[pick(names.length)] ?? ''
    const parts = name.split('/')
    const part = parts[pick(parts.length)] ?? ''
    const fixed = [
      '*.md',
      '*.json',
      'test',
      '/test/',
      'test/',
      '**/test',
      'docs/*',
      '!docs/keep.md',
      '*',
      '!*.js',
      '!*/',
      '/*',
      '!/src',
      '*.map',
      '!*.map',
      '!.env',
      '\\#a',
      '\\!a',
      'a b',
      'a\\ b/',
      'upper',
      '[a-c]*',
      '?',
      '**',
      '!node_modules/.bin',
      'node_modules/**/*.d.ts',
      '!**/*.d.ts',
      'src/**',
      '# comment',
      '',
    ]
    const pattern =
      [
        name,
        `/${name}`,
        part,
        `${part}/`,
        `**/${part}`,
        `${parts[0]}/**`,
        `*${part.slice(-4)}`,
        fixed[pick(fixed.length)] ?? '',
        fixed[pick(fixed.length)] ?? '',
      ][pick(9)] ?? ''
    const signed = pick(5) === 0 && !pattern.startsWith('!') ? `!${pattern}` : pattern
    return (['', '  ', '\t'][pick(12)] ?? '') + signed + (['', '   ', '\t', '\r'][pick(10)] ?? '')
  })
  return lines.join('\n') + (pick(2) === 0 ? '\n' : '')
}

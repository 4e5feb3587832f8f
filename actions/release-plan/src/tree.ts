import {join} from 'node:path'
import {type Host, askGit} from '@mcp-release/action-kit'
import type {Tree} from './detected'
import {isChangelog} from './plan-changelog'
import {fileNameOf, folderOf} from './detected'
import {namedFiles} from './named-files'
import {readDocuments} from './read-documents'

const manifests = new Set([
  'pyproject.toml',
  'setup.cfg',
  'setup.py',
  'requirements.txt',
  'deno.json',
  'jsr.json',
  'package.json',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'pnpm-workspace.yaml',
  'lerna.json',
  'go.work',
  'go.mod',
  'Cargo.toml',
  'server.json',
  'manifest.json',
  'smithery.yaml',
])
const others =
  /^(?:readme(?:\.(?:md|markdown|mdx|rst|txt))?|(?:.*\.)?(?:container|docker)file(?:\..*)?|\.goreleaser\.ya?ml|goreleaser\.ya?ml)$/i

// Folders whose packages are material of tests, documents or tools, not part of the release.
const aside = new Set(
  (
    'node_modules vendor third_party testdata test tests __tests__ e2e integration-tests integration_tests fixture fixtures ' +
    'example examples sample samples demo demos template templates playground playgrounds sandbox ' +
    'bench benches benchmark benchmarks fuzz xtask doc docs website site dist build target out site-packages'
  ).split(' '),
)
// Where nobody keeps sources of their own. Images are built in `build` by some, and programs of Go may lie anywhere.
const foreign = new Set('node_modules vendor third_party testdata target site-packages .git'.split(' '))

/** How deep below the root a package may lie, in folders. */
const depth = 6
/** Programs of Go use packages that lie deeper. */
const sourceDepth = 12
const largest = 1024 * 1024
/** How many files among examples and tests are looked at. */
const mostApart = 5000

/** Lists a repository and reads its manifests: what git tracks or does not ignore, else every file. */
export async function readTree(host: Host, root: string): Promise<Tree> {
  const all = await listed(host, root)
  const files = all.filter(isCandidate).sort()
  const texts = await readTexts(host, root, files)
  const apart = await readTexts(host, root, all.filter(isApart).slice(0, mostApart))
  const named = await readNamed(host, root, texts)
  const documents = await readDocuments(host, root, {all, texts})
  return {
    files,
    listed: [...all, ...named],
    texts: {...texts, ...documents},
    ...(Object.keys(apart).length === 0 ? {} : {apart}),
  }
}

async function readTexts(host: Host, root: string, files: readonly string[]): Promise<Record<string, string>> {
  const texts: Record<string, string> = {}
  await Promise.all(
    files.filter(isRead).map(async file => {
      const found = await host.files.stat(join(root, file))
      // A lock file may be long; what is longer than a manifest or a source can be is not one.
      if (
        found?.kind !== 'file' ||
        (found.size > largest && !/(?:[-.]lock|lock\.json|lock\.yaml|shrinkwrap\.json)$/.test(file))
      )
        return
      texts[file] = await host.files.readText(join(root, file))
    }),
  )
  return texts
}

/** Reads what manifests name elsewhere; returns which named files are there, also what a build before left to be ignored. */
async function readNamed(host: Host, root: string, texts: Record<string, string>): Promise<readonly string[]> {
  const {commands, texts: named} = namedFiles(texts)
  const there = await Promise.all(
    [...new Set([...commands, ...named])].map(async file => {
      const found = await host.files.stat(join(root, file))
      if (found?.kind === 'file' && found.size <= largest && named.includes(file))
        texts[file] ??= await host.files.readText(join(root, file))
      return found === undefined ? [] : [file]
    }),
  )
  return there.flat()
}

async function listed(host: Host, root: string): Promise<readonly string[]> {
  const answer = await askGit(host, root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
  if (answer !== undefined) return [...new Set(answer.split('\0').filter(name => name !== ''))]
  return host.files.find(['**'], {cwd: root, ignore: [...foreign].map(name => `**/${name}/**`)})
}

function isCandidate(file: string): boolean {
  const folders = file.split('/').slice(0, -1)
  if (folders.some(name => foreign.has(name) || name.startsWith('.'))) return false
  if (file.endsWith('.go')) return folders.length <= sourceDepth
  return folders.length <= depth && (!isAside(file) || (isContainerfile(file) && folders[0] === 'build'))
}

/** Whether a file lies among examples, tests or documents, and could be that of a package there. */
export function isApart(file: string): boolean {
  const folders = file.split('/').slice(0, -1)
  const isHidden = folders.some(name => foreign.has(name) || name.startsWith('.'))
  return !isHidden && folders.length <= depth && isAside(file)
}

/** Whether the packages of a folder of this name are not part of a release. */
export function isAsideFolder(name: string): boolean {
  return aside.has(name.toLowerCase())
}

/** Whether a file lies in a folder whose packages are not part of a release. */
export function isAside(file: string): boolean {
  const folder = folderOf(file)
  return folder !== '.' && folder.split('/').some(isAsideFolder)
}

/** Whether a file describes an image by its usual name. */
export function isContainerfile(file: string): boolean {
  return /^(?:containerfile|dockerfile)$/i.test(fileNameOf(file))
}

function isRead(file: string): boolean {
  const name = fileNameOf(file)
  return (
    manifests.has(name) ||
    others.test(name) ||
    isChangelog(file) ||
    // What they call is what a command would have to call.
    /^(?:__main__|server|main|app|cli)\.py$/.test(name) ||
    (name.endsWith('.go') && !name.endsWith('_test.go'))
  )
}

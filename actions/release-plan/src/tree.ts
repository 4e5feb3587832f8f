import {join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import type {Tree} from './detected'

const manifests = new Set([
  'pyproject.toml',
  'package.json',
  'package-lock.json',
  'go.mod',
  'Cargo.toml',
  'server.json',
  'Containerfile',
  'Dockerfile',
])

// Folders whose packages are material of tests, documents or tools, not part of the release.
const aside = new Set(
  'node_modules vendor third_party testdata test tests __tests__ fixtures example examples docs doc dist build target out site-packages'.split(
    ' ',
  ),
)

/** How deep below the root a package may lie, in folders. */
const depth = 4

/** Lists a repository and reads its manifests: what git tracks or does not ignore, else every file. */
export async function readTree(host: Host, root: string): Promise<Tree> {
  const files = (await listed(host, root)).filter(isCandidate).sort()
  const texts: Record<string, string> = {}
  await Promise.all(
    files.filter(isRead).map(async file => {
      if ((await host.files.stat(join(root, file)))?.kind === 'file')
        texts[file] = await host.files.readText(join(root, file))
    }),
  )
  return {files, texts}
}

async function listed(host: Host, root: string): Promise<readonly string[]> {
  const git = ['git', '-C', root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const answer = await host.exec(git, {quiet: true, check: false}).catch(() => undefined)
  if (answer?.exitCode === 0) return answer.stdout.split('\0').filter(name => name !== '')
  return host.files.find(['**'], {cwd: root, ignore: [...aside].map(name => `**/${name}/**`)})
}

function isCandidate(file: string): boolean {
  const folders = file.split('/').slice(0, -1)
  return folders.length <= depth && !folders.some(name => aside.has(name) || name.startsWith('.'))
}

function isRead(file: string): boolean {
  const name = file.slice(file.lastIndexOf('/') + 1)
  return manifests.has(name) || (/(^|\/)(cmd\/[^/]+\/)?[^/]+\.go$/.test(file) && !name.endsWith('_test.go'))
}

import {type Files, errorText} from '@mcp-release/action-kit'
import {type ArchiveEntry, readTar, readZip, tarNames} from '@mcp-release/archives'
import {executableFormat} from '@mcp-release/mcp'
import {type PlannedArtifact, isBuiltFor} from '@mcp-release/release-model'

/** Why a file is not what the plan says of its kind and platform, seen from its content; `undefined` when it is. */
export async function contentProblem(
  files: Pick<Files, 'readBytes' | 'readStart'>,
  path: string,
  {kind, platform}: PlannedArtifact,
): Promise<string | undefined> {
  try {
    if (kind === 'image') return await imageProblem(path)
    const entries = await entriesOf(files, path)
    const mark = marks[kind]
    if (mark !== undefined && !entries.some(({name}) => mark.test(name)))
      return `is planned as ${kind}, but holds no ${markNames[kind] ?? ''}`
    return platform === undefined ? undefined : platformProblem(entries, {kind, platform})
  } catch (error) {
    return `cannot be read: ${errorText(error).split('\n')[0] ?? ''}`
  }
}

// What no file of the kind lacks: PEP 427, npm's tarballs, https://packaging.python.org/en/latest/specifications/source-distribution-format/
const marks: Readonly<Partial<Record<PlannedArtifact['kind'], RegExp>>> = {
  wheel: /^[^/]+\.dist-info\/WHEEL$/,
  sdist: /^[^/]+\/PKG-INFO$/,
  'npm-package': /^[^/]+\/package\.json$/,
  mcpb: /^manifest\.json$/,
}
const markNames: Readonly<Partial<Record<PlannedArtifact['kind'], string>>> = {
  wheel: '.dist-info/WHEEL',
  sdist: 'PKG-INFO',
  'npm-package': 'package.json',
  mcpb: 'manifest.json',
}

async function imageProblem(path: string): Promise<string | undefined> {
  const names = new Set((await tarNames(path, {contentUpTo: 0})).map(({name}) => name))
  // https://github.com/opencontainers/image-spec/blob/main/image-layout.md
  const missing = ['oci-layout', 'index.json'].filter(name => !names.has(name))
  return missing.length === 0 ? undefined : `is planned as image, but holds no ${missing.join(', no ')}`
}

async function entriesOf(
  files: Pick<Files, 'readBytes' | 'readStart'>,
  path: string,
): Promise<readonly ArchiveEntry[]> {
  const [first, second] = await files.readStart(path, 2)
  const content = await files.readBytes(path)
  return first === 0x50 && second === 0x4b ? readZip(content) : readTar(content)
}

function platformProblem(
  entries: readonly ArchiveEntry[],
  {kind, platform}: {readonly kind: string; readonly platform: NonNullable<PlannedArtifact['platform']>},
): string | undefined {
  const found = entries.flatMap(({kind: entry, content}) =>
    entry === 'file' ? (executableFormat(content.subarray(0, 4096))?.platforms ?? []) : [],
  )
  if (isBuiltFor(platform, found)) return undefined
  // A bundle may hold what an interpreter runs.
  if (found.length === 0) return kind === 'archive' ? 'holds no executable' : undefined
  return `is planned for ${platform}, but its executable is for ${[...new Set(found)].join(', ')}`
}

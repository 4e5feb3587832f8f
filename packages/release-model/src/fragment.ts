import {type BuiltArtifact, type Fragment, type LeftOutFile, fragment} from './artifact'
import {formatJson, parseJson} from './json'

/** Where sizes and digests come from; action-kit's `Files` fits. */
export interface FileFacts {
  stat(path: string): Promise<{readonly size: number} | undefined>
  sha256(path: string): Promise<string>
}

/** Size and digest of a built file, under the name and kind that the caller gives. */
export async function describeFile(
  files: FileFacts,
  path: string,
  artifact: Omit<BuiltArtifact, 'size' | 'sha256'>,
): Promise<BuiltArtifact> {
  const found = await files.stat(path)
  if (found === undefined) throw new Error(`${path}: no such file`)
  return {...artifact, size: found.size, sha256: await files.sha256(path)}
}

/** Reads a fragment; throws an `InputError`. */
export function parseFragment(file: string, text: string): Fragment {
  return parseJson(fragment, {file, text})
}

/** The text of a fragment. */
export function formatFragment(artifacts: readonly BuiltArtifact[], leftOut: readonly LeftOutFile[] = []): string {
  const missing = leftOut.length === 0 ? {} : {leftOut: [...leftOut]}
  const content: Fragment = {schemaVersion: 1, artifacts: [...artifacts], ...missing}
  return formatJson(content)
}

import {type PlannedArtifact, releaseFiles} from '@mcp-release/release-model'

/** compatibility.json, when it is asked for and there is something that mcp-verify's matrix can try: a wheel or an npm package. */
export function compatibilityFile(
  artifacts: readonly Pick<PlannedArtifact, 'kind'>[],
  asked: boolean,
): readonly PlannedArtifact[] {
  if (!asked || !artifacts.some(({kind}) => kind === 'wheel' || kind === 'npm-package')) return []
  return [{name: releaseFiles.compatibility, kind: 'compatibility'}]
}

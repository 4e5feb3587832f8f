import {type PlanFinding, type ReleaseVersion, sameVersion} from '@mcp-release/release-model'

/** A version that a file of the repository says, and where in the release the right one will stand. */
export interface StatedVersion {
  readonly file: string
  /** Such as `version` or `packages[0].version`. */
  readonly field: string
  readonly version: unknown
  /** What the release writes anew, such as `the file of the release`. */
  readonly stamped: string
}

/**
 * Versions that the release stamps anew are no contradictions: they are only worth knowing, once for each file. What has no
 * digit, such as `${VERSION}`, stands for the version.
 */
export function staleVersions(stated: readonly StatedVersion[], {text}: ReleaseVersion): readonly PlanFinding[] {
  const stale = stated.filter(
    ({version}) => typeof version === 'string' && /\d/.test(version) && !sameVersion(version, text),
  )
  const files = [...new Set(stale.map(({file}) => file))]
  return files.map(file => {
    const own = stale.filter(each => each.file === file)
    const [{stamped} = {stamped: ''}] = own
    const said = own.map(({field, version}) => `its ${field} is ${String(version)}`)
    return {level: 'notice', subject: file, text: `${said.join(', ')}; ${stamped} says ${text}`}
  })
}

import {type Host, InputError, askGit, sourceDate} from '@mcp-release/action-kit'
import {type ReleaseVersion, parseVersion, sameVersion} from '@mcp-release/release-model'
import type {Inputs} from './inputs'

/** What is built, for the binary to report and the archives to carry. */
export interface Revision {
  readonly version: ReleaseVersion
  /** Absent outside a git checkout. */
  readonly commit?: string
  /** Seconds since 1970. */
  readonly time: number
}

/** Version, commit and time from the inputs, else from the workflow run, else from git and the package. */
export async function findRevision(host: Host, inputs: Inputs, own: string | undefined): Promise<Revision> {
  const version = wantedVersion(host, inputs, own)
  const commit = inputs.commit ?? (await checkedOut(host, inputs.directory))
  const time = await sourceDate(host, inputs.sourceDate, inputs.directory)
  return {version, time, ...(commit === undefined ? {} : {commit})}
}

function wantedVersion(host: Host, inputs: Inputs, own: string | undefined): ReleaseVersion {
  if (own !== undefined) {
    const parsed = parseVersion(own)
    if (parsed === undefined) throw new InputError([`Cargo.toml: version ${JSON.stringify(own)} is no SemVer`])
    if (inputs.version !== undefined && !sameVersion(inputs.version.text, own)) {
      const hint = 'Raise the version in Cargo.toml (and Cargo.lock) before you tag.'
      throw new InputError([`version: ${inputs.version.text} is wanted, but Cargo.toml says ${own}`], {hint})
    }
    return parsed
  }
  if (inputs.version !== undefined) return inputs.version
  const ref = host.env['GITHUB_REF'] ?? ''
  const tagged = ref.startsWith('refs/tags/') ? parseVersion(ref) : undefined
  if (tagged !== undefined) return tagged
  throw new InputError([`version: not given, and GITHUB_REF ${JSON.stringify(ref)} is no tag of a version`], {
    hint: 'Give version, or run on a tag such as v1.2.3: a Go module does not say its own version.',
  })
}

async function checkedOut(host: Host, directory: string): Promise<string | undefined> {
  const head = (await askGit(host, directory, ['rev-parse', '--verify', 'HEAD']))?.trim()
  const given = host.env['GITHUB_SHA']?.trim() ?? ''
  return head ?? (/^[0-9a-f]{40,64}$/.test(given) ? given : undefined)
}

import {execFile} from 'node:child_process'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {expect} from '@jest/globals'
import {installableFiles, manifestSchema, type Plan, verificationSchema} from '@mcp-release/release-model'
import {type ReleaseRun, standBinaries} from '@mcp-release/test-stand'
import type {DownloadedRelease} from './release-download'

/** What a file of a release says of its contents, as far as the checks read it. */
interface SpdxDocument {
  readonly spdxVersion: string
  readonly packages: readonly {
    readonly SPDXID: string
    readonly name: string
    readonly checksums?: readonly {readonly algorithm: string; readonly checksumValue: string}[]
  }[]
  readonly relationships: readonly {readonly relationshipType: string; readonly relatedSpdxElement: string}[]
}

interface CycloneDxDocument {
  readonly bomFormat: string
  readonly metadata: {
    readonly component: {
      readonly name: string
      readonly hashes: readonly {readonly alg: string; readonly content: string}[]
    }
  }
  readonly components?: readonly {readonly name: string; readonly version?: string; readonly purl?: string}[]
}

/** SHA256SUMS covers every file but itself and the signatures, and each digest is right. */
export async function checkChecksums(release: DownloadedRelease): Promise<void> {
  const lines = (await release.read('SHA256SUMS')).toString().trimEnd().split('\n')
  const listed = lines.map(line => ({digest: line.slice(0, 64), name: line.slice(66)}))
  const covered = release.names.filter(name => name !== 'SHA256SUMS' && !name.endsWith('.sigstore.json'))
  expect(listed.map(each => each.name)).toEqual(covered)
  for (const {name, digest} of listed) expect({name, digest: await release.sha256(name)}).toEqual({name, digest})
}

/** The manifest is valid and describes the very files. */
export async function checkManifest(release: DownloadedRelease, plan: Plan): Promise<void> {
  const manifest = manifestSchema.parse(await release.json('release-manifest.json'))
  expect(manifest.version).toEqual(plan.version)
  expect(manifest.commit).toBe(plan.commit)
  const built = installableFiles(plan).map(each => each.name)
  expect(
    manifest.artifacts
      .map(each => each.name)
      .filter(name => built.includes(name))
      .sort(),
  ).toEqual(built.sort())
  for (const {name, sha256} of [...manifest.artifacts, ...manifest.sboms])
    expect({name, sha256: await release.sha256(name)}).toEqual({name, sha256})
}

/** Both SBOMs of a file name it with its digest, and list the component. */
export async function checkSboms(release: DownloadedRelease, file: string, component: string): Promise<void> {
  const digest = await release.sha256(file)
  const spdx = (await release.json(`${file}.spdx.json`)) as SpdxDocument
  expect(spdx.spdxVersion).toBe('SPDX-2.3')
  const described = spdx.relationships.filter(each => each.relationshipType === 'DESCRIBES')
  const subjects = spdx.packages.filter(each => described.some(one => one.relatedSpdxElement === each.SPDXID))
  expect(subjects.flatMap(each => each.checksums ?? [])).toContainEqual({algorithm: 'SHA256', checksumValue: digest})
  expect(spdx.packages.map(each => each.name)).toContain(component)
  const cyclonedx = (await release.json(`${file}.cdx.json`)) as CycloneDxDocument
  expect(cyclonedx.bomFormat).toBe('CycloneDX')
  expect(cyclonedx.metadata.component.hashes).toContainEqual({alg: 'SHA-256', content: digest})
  expect(fullNames(cyclonedx)).toContain(component)
}

// CycloneDX keeps the scope of an npm package apart from its name.
function fullNames({components = []}: CycloneDxDocument): readonly string[] {
  return components.map(({name, ...rest}) => {
    const {group} = rest as {readonly group?: string}
    return group === undefined || group === '' ? name : `${group}/${name}`
  })
}

/** The workflow itself started the bundle, as a desktop client does. */
export async function checkBundle(run: ReleaseRun, file: string): Promise<void> {
  const files = await run.artifact('assembled')
  const text = files.get('verification.json')?.toString() ?? 'null'
  const {servers} = verificationSchema.parse(JSON.parse(text))
  expect(servers.find(server => server.file === file)).toMatchObject({status: 'verified'})
}

/** Whose signatures are good. */
export interface Signer {
  readonly trustedRoot: string
  readonly identity: string
  readonly repository: string
}

/** Asks cosign whether a downloaded file has the signature of the workflow, released for the repository. */
export async function verifySignature(release: DownloadedRelease, file: string, signer: Signer): Promise<void> {
  await promisify(execFile)(
    join(standBinaries, 'cosign'),
    [
      'verify-blob',
      ...['--trusted-root', signer.trustedRoot, '--bundle', join(release.directory, `${file}.sigstore.json`)],
      ...['--certificate-identity', signer.identity],
      ...['--certificate-oidc-issuer', 'https://token.actions.githubusercontent.com'],
      ...['--certificate-github-workflow-repository', signer.repository],
      join(release.directory, file),
    ],
    {env: {PATH: process.env['PATH'], HOME: release.directory}},
  )
}

/** The files that have a signature beside them. */
export function signedFiles(release: DownloadedRelease): readonly string[] {
  const suffix = '.sigstore.json'
  return release.names.filter(name => name.endsWith(suffix)).map(name => name.slice(0, -suffix.length))
}

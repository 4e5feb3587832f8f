import {relative, sep} from 'node:path'
import {
  ActionError,
  type Finding,
  type Host,
  type InputsOf,
  type OutputsOf,
  settle,
  sourceDate,
} from '@mcp-release/action-kit'
import {zip} from '@mcp-release/archives'
import {type Bundle, bundleFindings} from '@mcp-release/mcpb'
import {type FinishedFile, type LeftOutFile, deliver, formatJson} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import {compose, nameFindings} from './compose'
import {gatherContents} from './contents'
import {type Inputs, refine} from './inputs'
import {leftOutFor} from './left-out'
import {readProject} from './project'
import type {BundleRequest} from './request'
import {secretFindings} from './secret-findings'

/**
 * Makes and checks all bundles first; only when none has a fault do they appear in the output folder. Of a plan that is
 * not strict, a bundle that cannot be made is left out with the reason, because nothing else depends on it.
 */
export async function main(raw: InputsOf<typeof contract>, host: Host): Promise<OutputsOf<typeof contract>> {
  const inputs = await refine(raw, host)
  const time = await sourceDate(host, raw.sourceDate, inputs.build.directory)
  const files: FinishedFile[] = []
  const findings: Finding[] = []
  const leftOut: LeftOutFile[] = []
  for (const request of inputs.requests) {
    try {
      const made = await checkedBundles(host, request, inputs)
      findings.push(...made.findings)
      files.push(...made.bundles.map(bundle => pack(bundle, request, time)))
    } catch (error) {
      if (!inputs.lenient || !(error instanceof ActionError)) throw error
      leftOut.push(...leftOutFor(request, error))
    }
  }
  settle(host, 'BUNDLE', distinct(findings))
  for (const {name, reason, hint} of leftOut)
    host.warning(`${name} is left out: ${reason}${hint === undefined ? '' : `\n${hint}`}`)
  if (inputs.requests.length === 0) host.info('The plan has no bundles')
  const artifacts = await deliver(host, inputs.build, files, leftOut)
  const way = relative(host.workspace, inputs.build.output).split(sep).join('/')
  return {
    bundles: artifacts.map(({name}) => `${way}/${name}`).join('\n'),
    sha256sums: artifacts.map(({name, sha256}) => `${sha256}  ${name}`).join('\n'),
    artifacts: JSON.stringify(artifacts),
    'left-out': JSON.stringify(leftOut),
  }
}

interface Checked {
  readonly bundles: readonly Bundle[]
  readonly findings: readonly Finding[]
}

/** The bundles of a request with what was found; of a plan that is not strict, an error ends them here. */
async function checkedBundles(host: Host, request: BundleRequest, inputs: Inputs): Promise<Checked> {
  const bundles = await bundlesOf(host, request, inputs)
  const findings = bundles.flatMap(bundle => [...bundleFindings(bundle), ...secretFindings(bundle)])
  const errors = findings.filter(({level}) => level === 'error')
  if (inputs.lenient) settle(host, 'BUNDLE', distinct(errors))
  // Another name than planned is not a fault of the package.
  return {bundles, findings: [...findings, ...nameFindings(bundles, request)]}
}

async function bundlesOf(host: Host, request: BundleRequest, {build, tools}: Inputs): Promise<readonly Bundle[]> {
  const project = await readProject(host, request.directory, request.manifest)
  const owner = host.env['GITHUB_REPOSITORY']?.split('/')[0]
  const said = project.manifestFile === undefined ? 'A manifest is generated' : `${project.manifestFile} is taken`
  host.info(`${said} for ${request.names?.join(', ') ?? request.executable ?? request.directory}`)
  const contents = await gatherContents(host, request, {project, output: build.output})
  return contents.map(content =>
    compose(content, request, {
      project,
      ...(tools === undefined ? {} : {tools}),
      ...(owner === undefined ? {} : {owner}),
    }),
  )
}

function pack({name, manifest, files, platform}: Bundle, request: BundleRequest, time: number): FinishedFile {
  const entries = [...files, {name: 'manifest.json', mode: 0o644 as const, content: Buffer.from(formatJson(manifest))}]
  return {
    name,
    kind: 'mcpb',
    content: zip(entries, {time}),
    ...(platform === undefined ? {} : {platform}),
    ...(request.package === undefined ? {} : {package: request.package}),
  }
}

// The bundles of one server share most of what can be wrong with them.
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map(finding => [finding.text, finding])).values()]
}

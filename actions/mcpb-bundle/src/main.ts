import {relative, sep} from 'node:path'
import {type Finding, type Host, type InputsOf, type OutputsOf, settle, sourceDate} from '@mcp-release/action-kit'
import {zip} from '@mcp-release/archives'
import {type Bundle, bundleFindings} from '@mcp-release/mcpb'
import {type FinishedFile, deliver, formatJson} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import {compose, nameFindings} from './compose'
import {gatherContents} from './contents'
import {type Inputs, refine} from './inputs'
import {readProject} from './project'
import type {BundleRequest} from './request'

/** Makes and checks all bundles first; only when none has a fault do they appear in the output folder. */
export async function main(raw: InputsOf<typeof contract>, host: Host): Promise<OutputsOf<typeof contract>> {
  const inputs = await refine(raw, host)
  const time = await sourceDate(host, raw.sourceDate, inputs.build.directory)
  const files: FinishedFile[] = []
  const findings: Finding[] = []
  for (const request of inputs.requests) {
    const bundles = await bundlesOf(host, request, inputs)
    findings.push(...bundles.flatMap(bundleFindings), ...nameFindings(bundles, request))
    files.push(...bundles.map(bundle => pack(bundle, request, time)))
  }
  settle(host, 'BUNDLE', distinct(findings))
  if (inputs.requests.length === 0) host.info('The plan has no bundles')
  const artifacts = await deliver(host, inputs.build, files)
  const way = relative(host.workspace, inputs.build.output).split(sep).join('/')
  return {
    bundles: artifacts.map(({name}) => `${way}/${name}`).join('\n'),
    sha256sums: artifacts.map(({name, sha256}) => `${sha256}  ${name}`).join('\n'),
    artifacts: JSON.stringify(artifacts),
  }
}

async function bundlesOf(host: Host, request: BundleRequest, {build, tools}: Inputs): Promise<readonly Bundle[]> {
  const project = await readProject(host, request.directory)
  const owner = host.env['GITHUB_REPOSITORY']?.split('/')[0]
  const said = project.manifestFile === undefined ? 'A manifest is generated' : `${project.manifestFile} is taken`
  host.info(`${said} for ${request.executable ?? request.directory}`)
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

import {type Host, type InputsOf, type OutputsOf, markdownTable} from '@mcp-release/action-kit'
import {formatFragment} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import {planGo, readGoProject} from './go'
import {prepareGo} from './go-prepare'
import {readIncluded} from './included'
import {type Inputs, refine} from './inputs'
import type {Build} from './plan'
import {findRevision} from './revision'
import {runBuilds} from './run'
import {planRust} from './rust'
import {readRustProject} from './rust-project'
import {prepareRust} from './rust-toolchain'

/** Builds an executable for each target and packs it. */
export async function main(raw: InputsOf<typeof contract>, host: Host): Promise<OutputsOf<typeof contract>> {
  const inputs = await refine(raw, host)
  const included = await readIncluded(host, inputs)
  const {builds, time} = await (inputs.language === 'go' ? prepareGoBuilds : prepareRustBuilds)(host, inputs)
  const packed = await runBuilds(host, builds, {inputs, included, time})
  const artifacts = packed.map(({artifact}) => artifact)
  if (inputs.fragment !== undefined) await host.files.write(inputs.fragment, formatFragment(artifacts))
  const rows = artifacts.map(({name, platform = '', size, sha256}) => [name, platform, String(size), sha256])
  await host.summary(markdownTable(['archive', 'platform', 'bytes', 'sha256'], rows))
  return {archives: packed.map(({path}) => path).join('\n'), artifacts: JSON.stringify(artifacts)}
}

interface Prepared {
  readonly builds: readonly Build[]
  readonly time: number
}

async function prepareGoBuilds(host: Host, inputs: Inputs): Promise<Prepared> {
  const project = await readGoProject(host, inputs)
  const revision = await findRevision(host, inputs, undefined)
  const plan = await host.group('Look at the program', () => prepareGo(host, {inputs, project, revision}))
  return {builds: planGo(plan), time: revision.time}
}

async function prepareRustBuilds(host: Host, inputs: Inputs): Promise<Prepared> {
  const project = await readRustProject(host, inputs)
  const revision = await findRevision(host, inputs, project.version)
  const toolchain = await host.group('Prepare the Rust toolchain', () => prepareRust(host, inputs, project))
  return {builds: planRust({inputs, project, revision, toolchain}), time: revision.time}
}

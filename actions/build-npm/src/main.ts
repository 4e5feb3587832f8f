import {createHash} from 'node:crypto'
import {relative} from 'node:path'
import {type Host, type InputsOf, type OutputsOf, settle, sourceDate} from '@mcp-release/action-kit'
import {nodeMachine} from '@mcp-release/package-managers'
import {releasingRepository} from '@mcp-release/package-rules'
import {type BuildRequest, deliver, refineBuild} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import {checkTarball} from './checks'
import {entryFindings} from './entry-findings'
import {planBuild} from './plan'
import {readProject} from './project'
import {build} from './run'
import {withVersion} from './stamped'

/** Builds, packs, checks and normalises first; only a tarball without a fault appears in the output folder. */
export async function main(inputs: InputsOf<typeof contract>, host: Host): Promise<OutputsOf<typeof contract>> {
  const request = await refineBuild(host, inputs)
  return withVersion(host, request, () => make(request, inputs, host))
}

async function make(
  request: BuildRequest,
  inputs: InputsOf<typeof contract>,
  host: Host,
): Promise<OutputsOf<typeof contract>> {
  const project = await readProject(host, request.directory)
  const time = await sourceDate(host, inputs.sourceDate, request.directory)
  const plan = planBuild({request, project, time, machine: nodeMachine(host.platform)})
  host.info(plan.reason)
  const {tarball, ran, checkout} = await build(host, plan, project)
  const repository = releasingRepository(host.env)
  const expected = {request, project, ran, checkout, ...(repository === undefined ? {} : {repository})}
  const findings = [...checkTarball(tarball, expected), ...(await entryFindings(tarball))]
  settle(host, 'NPM', findings)
  const artifacts = await deliver(host, request, [tarball.file])
  return {
    tarball: relative(host.workspace, `${request.output}/${tarball.file.name}`).replaceAll('\\', '/'),
    name: project.manifest.name,
    version: project.manifest.version,
    integrity: `sha512-${createHash('sha512').update(tarball.file.content).digest('base64')}`,
    artifacts: JSON.stringify(artifacts),
  }
}

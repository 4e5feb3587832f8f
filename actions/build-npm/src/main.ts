import {createHash} from 'node:crypto'
import {relative} from 'node:path'
import {type Host, type InputsOf, type OutputsOf, settle, sourceDate} from '@mcp-release/action-kit'
import {deliver, refineBuild} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import {checkTarball} from './checks'
import {planBuild} from './plan'
import {readProject} from './project'
import {build} from './run'

/** Builds, packs, checks and normalises first; only a tarball without a fault appears in the output folder. */
export async function main(inputs: InputsOf<typeof contract>, host: Host): Promise<OutputsOf<typeof contract>> {
  const request = await refineBuild(host, inputs)
  const project = await readProject(host, request.directory)
  const time = await sourceDate(host, inputs.sourceDate, request.directory)
  const plan = planBuild({request, project, time})
  host.info(plan.reason)
  const tarball = await build(host, plan)
  settle(host, 'NPM', checkTarball(tarball, {request, project}))
  const artifacts = await deliver(host, request, [tarball.file])
  return {
    tarball: relative(host.workspace, `${request.output}/${tarball.file.name}`).replaceAll('\\', '/'),
    name: project.manifest.name,
    version: project.manifest.version,
    integrity: `sha512-${createHash('sha512').update(tarball.file.content).digest('base64')}`,
    artifacts: JSON.stringify(artifacts),
  }
}

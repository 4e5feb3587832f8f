import {relative} from 'node:path'
import {type Host, type InputsOf, type OutputsOf, settle, sourceDate} from '@mcp-release/action-kit'
import {deliver, refineBuild} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import {checkDistribution} from './checks'
import {planBuild} from './plan'
import {readProject} from './project'
import {build} from './run'

/** Builds, checks and normalises first; only files without a fault appear in the output folder. */
export async function main(inputs: InputsOf<typeof contract>, host: Host): Promise<OutputsOf<typeof contract>> {
  const request = await refineBuild(host, inputs)
  const project = await readProject(host, request.directory)
  const time = await sourceDate(host, inputs.sourceDate, request.directory)
  const plan = planBuild({request, project, time})
  const built = await build(host, plan)
  settle(host, 'WHEEL', checkDistribution(built, {request, project}))
  const artifacts = await deliver(host, request, [built.wheel.file, built.sdist.file])
  const path = (name: string) => relative(host.workspace, `${request.output}/${name}`).replaceAll('\\', '/')
  return {
    wheel: path(built.wheel.file.name),
    sdist: path(built.sdist.file.name),
    name: built.wheel.metadata.name,
    version: built.wheel.metadata.version,
    artifacts: JSON.stringify(artifacts),
  }
}

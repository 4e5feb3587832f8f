import type {Platform} from '@mcp-release/release-model'
import type {Build} from './jobs'

/**
 * The builds with those first whose files run on the machine that builds: what a package's other platforms need to be
 * compiled for is only known once one of them has started. A job for several platforms becomes two.
 */
export function startableFirst(builds: readonly Build[], machine: Platform | undefined): readonly Build[] {
  if (machine === undefined) return builds
  const parted = builds.flatMap(build => parts(build, machine))
  const isFirst = ({job, artifacts}: Build) =>
    artifacts.every(({platform}) => platform === machine) &&
    parted.some(other => other.job !== job && other.artifacts[0]?.package === artifacts[0]?.package)
  const first = parted.filter(isFirst).map(build => ({...build, job: {...build.job, verify: true as const}}))
  return [...first, ...parted.filter(build => !isFirst(build))]
}

function parts(build: Build, machine: Platform): readonly Build[] {
  const {job, artifacts} = build
  const own = artifacts.filter(({platform}) => platform === machine)
  const others = artifacts.filter(({platform}) => platform !== machine)
  if (own.length === 0 || others.length === 0 || others.some(({platform}) => platform === undefined)) return [build]
  return [of(build, own, job.id), of(build, others, `${job.id}-others`)]
}

function of({job}: Build, artifacts: Build['artifacts'], id: string): Build {
  const platforms = artifacts.flatMap(({platform}) => platform ?? [])
  const names = job.inputs['archive-names']
    ?.split('\n')
    .filter(line => platforms.some(each => line.startsWith(`${each}=`)))
  const inputs = {
    ...job.inputs,
    targets: platforms.join('\n'),
    ...(names === undefined ? {} : {'archive-names': names.join('\n')}),
  }
  return {
    job: {...job, id, inputs},
    artifacts: artifacts.map(artifact => ({...artifact, job: id})),
  }
}

import {basename, join} from 'node:path'
import {ActionError, type Finding, type Host} from '@mcp-release/action-kit'
import {ofFile} from '@mcp-release/archives'
import {ensurePythonTools} from '@mcp-release/tools'
import {buildDirectly, lossFindings} from './direct-wheel'
import {entryPointFindings} from './entry-points'
import type {BuildPlan} from './plan'
import {pypiFindings} from './pypi-rules'
import {type Sdist, readSdist} from './sdist'
import {type Wheel, readWheel} from './wheel'

/** A wheel and the sdist from which it was built, both in their final bytes. */
export interface Distribution {
  readonly wheel: Wheel
  readonly sdist: Sdist
  /** What tools found out about them. */
  readonly findings?: readonly Finding[]
}

/** Builds in a temporary folder; nothing is left there. */
export async function build(host: Host, plan: BuildPlan): Promise<Distribution> {
  const tools = await ensurePythonTools(host, 'wheel')
  const folder = await host.files.makeTemporary('wheel')
  try {
    // Without --sdist and --wheel, `build` makes the wheel from the sdist: what is published can then be built again.
    // -I keeps a build.py or a folder build/ of the package from being taken for the tool.
    const argv = [tools.python, '-I', '-m', 'build', '--outdir', folder, plan.directory]
    await host.group('Build the sdist, and from it the wheel', () => host.exec(argv, {cwd: folder, env: plan.env}))
    const names = await host.files.list(folder)
    const paths = [onlyOne(names, '.whl'), onlyOne(names, '.tar.gz')].map(name => join(folder, name))
    const [wheelPath = '', sdistPath = ''] = paths
    const {wheel, sdist} = await readBuilt(host, {wheelPath, sdistPath, time: plan.time})
    const direct = await buildDirectly(host, tools, {plan, folder: join(folder, 'direct')})
    const metadata = {[wheel.file.name]: wheel.metadata.text, [sdist.file.name]: sdist.metadata.text}
    const findings = [
      ...(await pypiFindings(host, tools, {metadata, paths})),
      ...(await entryPointFindings(host, tools, {wheel, sdist})),
      ...(direct === undefined ? [] : lossFindings(wheel, direct)),
    ]
    return {wheel, sdist, findings}
  } finally {
    await host.files.remove(folder)
  }
}

async function readBuilt(
  host: Host,
  {wheelPath, sdistPath, time}: {readonly wheelPath: string; readonly sdistPath: string; readonly time: number},
): Promise<Distribution> {
  const [wheel, sdist] = [basename(wheelPath), basename(sdistPath)]
  return {
    wheel: await ofFile(wheel, async () => readWheel(wheel, await host.files.readBytes(wheelPath), time)),
    sdist: await ofFile(sdist, async () => readSdist(sdist, await host.files.readBytes(sdistPath), time)),
  }
}

function onlyOne(names: readonly string[], ending: string): string {
  const [found, ...more] = names.filter(name => name.endsWith(ending))
  if (found !== undefined && more.length === 0) return found
  throw new ActionError(
    'WHEEL',
    `the build made ${found === undefined ? 'no' : more.length + 1} ${ending} files; in its output lie ${names.join(', ') || 'no files'}`,
    {
      hint: 'One sdist (.tar.gz) and one wheel (.whl) are published: let the build backend in pyproject.toml make exactly these.',
    },
  )
}

import {join} from 'node:path'
import type {Finding, Host} from '@mcp-release/action-kit'
import type {PythonTools} from '@mcp-release/tools'
import type {BuildPlan} from './plan'
import {type Wheel, readWheel} from './wheel'

/**
 * Builds the wheel from the checkout as well, to compare: what the sdist lost is missing in the one that is published.
 * `undefined` where that cannot be done without traces in the checkout, or at all.
 */
export async function buildDirectly(
  host: Host,
  tools: PythonTools,
  {plan, folder}: {readonly plan: BuildPlan; readonly folder: string},
): Promise<Wheel | undefined> {
  if (!plan.direct) return undefined
  const argv = [tools.python, '-I', '-m', 'build', '--wheel', '--outdir', folder, plan.directory]
  const options = {cwd: host.temp, env: plan.env, quiet: true, check: false}
  const {exitCode} = await host.exec(argv, options)
  const [name, ...more] = exitCode === 0 ? (await host.files.list(folder)).filter(each => each.endsWith('.whl')) : []
  if (name === undefined || more.length > 0) return undefined
  return readWheel(name, await host.files.readBytes(join(folder, name)), plan.time)
}

// These write only what they are asked for; setuptools leaves build/, which its next build takes up again.
const clean =
  /^(?:hatchling\.build|flit_core\.buildapi|flit_scm:buildapi|poetry\.core\.masonry\.api|poetry_dynamic_versioning\.backend|pdm\.backend|uv_build)$/

/** Whether a build backend leaves nothing in the checkout. */
export function leavesNothing(backend: string | undefined): boolean {
  return backend !== undefined && clean.test(backend)
}

const most = 5

/** What a wheel from the sdist lost against one from the checkout. */
export function lossFindings(wheel: Wheel, direct: Wheel): readonly Finding[] {
  const file = wheel.file.name
  const has = new Set(contents(wheel))
  const lost = contents(direct).filter(name => !has.has(name))
  const told = lost.length > most ? [...lost.slice(0, most), `${lost.length - most} more`] : lost
  const remedy =
    'Take them into the sdist, too: hatchling reads artifacts, include and force-include of [tool.hatch.build] for both, and those below targets.wheel for the wheel alone; setuptools reads MANIFEST.in.'
  const fields = changed(wheel, direct)
  return [
    ...(lost.length === 0
      ? []
      : [
          warning(
            `${file}: is built from the sdist and lacks ${told.join(', ')}, which a wheel from the checkout has\n${remedy}`,
          ),
        ]),
    ...fields.map(([field, own, other]) =>
      warning(
        `${file}: is built from the sdist and says ${own}, where a wheel from the checkout says ${other}\n` +
          `What computes ${field} finds something else in the sdist: write it into pyproject.toml, or take into the sdist what it is read from.`,
      ),
    ),
  ]
}

const warning = (text: string): Finding => ({level: 'warning', text})

// The folder of metadata is named after the version, which may be what differs.
function contents({entries, infoFolder}: Wheel): readonly string[] {
  return entries.map(({name}) => (name.startsWith(`${infoFolder}/`) ? name.slice(infoFolder.length + 1) : name))
}

function changed(wheel: Wheel, direct: Wheel): readonly (readonly [field: string, own: string, other: string])[] {
  return ['Version', 'Requires-Python', 'Requires-Dist', 'Provides-Extra', 'Summary', 'License-Expression'].flatMap(
    field => {
      const say = ({metadata}: Wheel) => {
        const values = [...metadata.field(field.toLowerCase())].sort()
        return values.length === 0 ? `no ${field}` : `${field}: ${values.join(', ')}`
      }
      return say(wheel) === say(direct) ? [] : [[field, say(wheel), say(direct)] as const]
    },
  )
}

import {join} from 'node:path'
import {ActionError, type Host} from '@mcp-release/action-kit'
import type {BuildPlan} from './plan'
import {type Tarball, readTarball} from './tarball'

const installHint = 'Install Node.js, for example with actions/setup-node.'

/** Runs the steps in the checkout and packs into a temporary folder; nothing is left there. */
export async function build(host: Host, plan: BuildPlan): Promise<Tarball> {
  for (const warning of plan.warnings) host.warning(warning)
  for (const {title, argv, folder} of plan.steps)
    await host.group(title, () => host.exec(argv, {cwd: folder, env: plan.env, installHint}))
  const folder = await host.files.makeTemporary('npm')
  try {
    const argv = [...plan.pack, '--pack-destination', folder]
    await host.group('Pack', () => host.exec(argv, {cwd: plan.directory, env: plan.env, installHint}))
    const names = (await host.files.list(folder)).filter(name => name.endsWith('.tgz'))
    const [name, ...more] = names
    if (name === undefined || more.length > 0)
      throw new ActionError('NPM', `npm pack made ${names.length} tarballs instead of one: ${names.join(', ')}`, {
        hint: 'npm 9 or newer is needed; a setting such as `workspaces` in .npmrc makes it pack more than this folder.',
      })
    return await readTarball(name, await host.files.readBytes(join(folder, name)), plan.time)
  } finally {
    await host.files.remove(folder)
  }
}

import {join} from 'node:path'
import {ActionError, isBelow} from '@mcp-release/action-kit'
import type {Content} from './candidate'
import {chooseCommand} from './choice'
import {type Launch, type Place, cannot, nothingToStart} from './launch'

type NpmPackage = Extract<Content, {kind: 'npm'}>

/** Installs an npm tarball into an empty folder without running anybody's install scripts. */
export async function launchNpm(npm: NpmPackage, path: string, {host, settings, folder}: Place): Promise<Launch> {
  const commands = Object.keys(npm.bins)
  if (commands.length === 0) {
    return npm.platformSpecific
      ? nothingToStart('carries files for one platform; the package that depends on it is started')
      : nothingToStart('the package has no bin', 'Add "bin" to package.json.')
  }
  const {executable} = settings
  const command = chooseCommand(commands, {name: npm.name, executable})
  if (typeof command !== 'string') return {kind: 'failed', problem: command.problem}
  const file = npm.bins[command] ?? ''
  if (!npm.files.has(file)) {
    return {kind: 'failed', problem: `the bin ${command} is ${JSON.stringify(file)}, which is not in the tarball`}
  }
  const node = await host.which('node')
  if (node === undefined || (await host.which('npm')) === undefined) {
    return cannot('Node.js with npm is not installed', 'Add actions/setup-node to the job.')
  }
  // A package.json of its own keeps npm from looking for one further up.
  const hold = settings.trial?.hold
  const overrides = hold === undefined ? {} : {overrides: {[hold.name]: hold.version}}
  await host.files.write(join(folder, 'package.json'), JSON.stringify({private: true, ...overrides}))
  try {
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--omit=dev', '--no-package-lock']
    await host.exec(['npm', 'install', ...options, path], {quiet: true, cwd: folder})
  } catch (error) {
    if (error instanceof ActionError) return {kind: 'failed', problem: error.message}
    throw error
  }
  const installed = join(folder, 'node_modules', npm.name)
  const program = join(installed, file)
  await settings.trial?.installed(installed)
  if (!isBelow(await host.files.realPath(installed), await host.files.realPath(program))) {
    return {kind: 'failed', problem: `the bin ${command} leads out of the package`}
  }
  return {kind: 'start', argv: [node, program, ...settings.serverArgs]}
}

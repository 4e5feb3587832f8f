import {join} from 'node:path'
import {ActionError, isBelow} from '@mcp-release/action-kit'
import type {Content} from './candidate'
import {chooseCommand} from './choice'
import {type Launch, type Place, cannot, nothingToStart} from './launch'
import {type NodePlatform, otherPlatform} from './npm-package'

type NpmPackage = Extract<Content, {kind: 'npm'}>

/** Installs an npm tarball into an empty folder without running anybody's install scripts. */
export async function launchNpm(npm: NpmPackage, path: string, place: Place): Promise<Launch> {
  const {host, settings, folder} = place
  const here = nodePlatform(host)
  const commands = Object.keys(npm.bins)
  const other = otherPlatform(npm, here)
  if (other !== undefined) {
    return nothingToStart(
      `is the part of a set of packages for ${other}; it is not installed on ${here.os}/${here.arch}`,
    )
  }
  if (commands.length === 0) {
    return npm.only !== undefined
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
    await host.exec(['npm', 'install', ...options, path, ...siblingsOf(npm, place)], {quiet: true, cwd: folder})
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
  return {kind: 'start', command: ({args}) => [node, program, ...args]}
}

/**
 * The tarballs of this release that a package needs and that fit this machine, such as the one with its binary: they are
 * not in the registry yet, and npm passes over an optional dependency that it does not find.
 */
function siblingsOf(npm: NpmPackage, {host, siblings}: Place): readonly string[] {
  const found = new Set<string>()
  const gather = ({needs}: NpmPackage) => {
    for (const {path, content} of siblings) {
      if (content.kind !== 'npm' || found.has(path) || content.name === npm.name || !needs.includes(content.name))
        continue
      if (otherPlatform(content, nodePlatform(host)) !== undefined) continue
      found.add(path)
      gather(content)
    }
  }
  gather(npm)
  return [...found]
}

// A machine that does not tell its C library has the usual one.
function nodePlatform({platform: {os, arch, libc = 'glibc'}}: Place['host']): NodePlatform {
  return {
    os: os === 'windows' ? 'win32' : os,
    arch: arch === 'amd64' ? 'x64' : arch,
    libc: os === 'linux' ? libc : undefined,
  }
}

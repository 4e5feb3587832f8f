import {basename, join} from 'node:path'
import {ActionError, isBelow} from '@mcp-release/action-kit'
import {execResolver} from '@mcp-release/tools'
import type {Content} from './candidate'
import {chooseBin} from '@mcp-release/package-rules'
import {entryOf} from './identity'
import {type Launch, type Place, cannot, nothingToStart} from './launch'
import {type InstalledBins, commandProblem, linked, otherBins} from './npm-commands'
import {type NodePlatform, otherPlatform} from './npm-package'

type NpmPackage = Extract<Content, {kind: 'npm'}>

/**
 * Installs an npm tarball into an empty folder without running anybody's install scripts, and starts what `npx PACKAGE`
 * starts, by the link in node_modules/.bin: its shebang counts, and process.argv[1] is the link.
 */
export async function launchNpm(npm: NpmPackage, path: string, place: Place): Promise<Launch> {
  const {host, settings, folder} = place
  const here = nodePlatform(host)
  const other = otherPlatform(npm, here)
  if (other !== undefined) {
    return nothingToStart(
      `is the part of a set of packages for ${other}; it is not installed on ${here.os}/${here.arch}`,
    )
  }
  const chosen = choose(npm, path, place)
  if ('kind' in chosen) return chosen
  const said = 'bin' in chosen ? `the bin ${chosen.bin}` : 'what node starts'
  const file = 'bin' in chosen ? (npm.bins[chosen.bin] ?? '') : chosen.entry
  if (!npm.files.has(file)) {
    return {kind: 'failed', problem: `${said} is ${JSON.stringify(file)}, which is not in the tarball`}
  }
  const node = await host.which('node')
  if (node === undefined || (await host.which('npm')) === undefined) {
    return cannot('Node.js with npm is not installed', 'Add actions/setup-node to the job.')
  }
  const failure = await install(npm, path, place)
  if (failure !== undefined) return failure
  const installed = join(folder, 'node_modules', npm.name)
  const program = join(installed, file)
  await settings.trial?.installed(installed)
  if (!isBelow(await host.files.realPath(installed), await host.files.realPath(program))) {
    return {kind: 'failed', problem: `${said} leads out of the package`}
  }
  if ('entry' in chosen) return {kind: 'start', command: ({args}) => [node, program, ...args]}
  return startBin(chosen.bin, {place, npm, node, installed})
}

async function startBin(command: string, start: InstalledBins): Promise<Launch> {
  const problem = await commandProblem(command, start)
  if (problem !== undefined) return {kind: 'failed', ...problem}
  const argv = linked(command, start)
  const others = start.place.settings.trial === undefined ? otherBins(command, start) : []
  return {kind: 'start', command: ({args}) => [...argv, ...args], others}
}

/** What is started: by npx, or by node where the plan found no command. */
type Program = {readonly bin: string} | {readonly entry: string}

function choose(npm: NpmPackage, path: string, {settings, told, entry: file}: Place): Program | Launch {
  const entry = entryOf(settings.serverJson, {file: basename(path), path, content: npm})
  if (Object.keys(npm.bins).length === 0) {
    if (npm.only !== undefined) {
      return nothingToStart('carries files for one platform; the package that depends on it is started')
    }
    const bin = JSON.stringify({[npm.name.replace(/^@[^/]*\//, '')]: file ?? 'FILE'})
    const hint = `Add to package.json: "bin": ${bin}`
    if (entry === undefined && file !== undefined) return {entry: file}
    return entry === undefined
      ? nothingToStart('the package has no bin', hint)
      : {kind: 'failed', problem: 'server.json has clients start it, and the package has no bin', hint}
  }
  const {executable} = settings
  const chosen = chooseBin(npm.bins, {
    name: npm.name,
    ...(executable === undefined ? {} : {executable}),
    ...(told === undefined ? {} : {told}),
    ...(entry === undefined ? {} : {entry}),
  })
  return typeof chosen === 'string' ? {bin: chosen} : {kind: 'failed', ...chosen}
}

async function install(npm: NpmPackage, path: string, place: Place): Promise<Launch | undefined> {
  const {host, settings, folder} = place
  // A package.json of its own keeps npm from looking for one further up.
  const hold = settings.trial?.hold
  const overrides = hold === undefined ? {} : {overrides: {[hold.name]: hold.version}}
  await host.files.write(join(folder, 'package.json'), JSON.stringify({private: true, ...overrides}))
  try {
    const options = ['--ignore-scripts', '--bin-links', '--no-audit', '--no-fund', '--omit=dev', '--no-package-lock']
    await execResolver(host, ['npm', 'install', ...options, path, ...siblingsOf(npm, place)], {
      quiet: true,
      cwd: folder,
    })
    return undefined
  } catch (error) {
    // A registry that is down says nothing of the package.
    if (error instanceof ActionError && error.code !== 'DOWNLOAD') return {kind: 'failed', problem: error.message}
    throw error
  }
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

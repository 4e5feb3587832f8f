import {join} from 'node:path'
import {ActionError} from '@mcp-release/action-kit'
import {directoryWriter, unpackTo} from '@mcp-release/archives'
import type {Content, Executable} from './candidate'
import {chooseCommand} from './choice'
import {type Launch, type Place, notForHere} from './launch'

type Executables = Extract<Content, {kind: 'executables'}>

const emulators: Readonly<Record<string, string>> = {
  'linux/arm64': 'aarch64',
  'linux/amd64': 'x86_64',
  'linux/arm': 'arm',
  'linux/386': 'i386',
  'linux/riscv64': 'riscv64',
  'linux/ppc64le': 'ppc64le',
  'linux/s390x': 's390x',
}

/** Unpacks an archive and starts its executable, through qemu-user when it is for another processor. */
export async function launchExecutable(content: Executables, {host, settings, folder}: Place): Promise<Launch> {
  const {executable} = settings
  const names = content.executables.map(({name}) => name)
  const chosen = chooseCommand(names, {name: content.name, executable})
  if (typeof chosen !== 'string') return {kind: 'failed', problem: chosen.problem}
  const platforms = content.executables.find(({name}) => name === chosen)?.platforms ?? []
  const runner = await findRunner(platforms, host)
  if (runner === undefined) return foreign(platforms, host)
  const unpacked = join(folder, 'unpacked')
  try {
    await unpackTo(content.entries, directoryWriter(unpacked))
  } catch (error) {
    if (error instanceof ActionError) return {kind: 'failed', problem: error.message}
    throw error
  }
  const program = join(unpacked, ...chosen.split('/'))
  return {kind: 'start', command: ({args}) => [...runner, program, ...args]}
}

/** What has to stand before the program: nothing on its own platform or where the kernel knows an emulator for it. */
export async function findRunner(
  platforms: Executable['platforms'],
  host: Place['host'],
): Promise<readonly string[] | undefined> {
  if (platforms.includes(`${host.platform.os}/${host.platform.arch}`)) return []
  const [target = ''] = platforms
  const processor = emulators[target]
  if (host.platform.os !== 'linux' || processor === undefined) return undefined
  if ((await host.files.stat(`/proc/sys/fs/binfmt_misc/qemu-${processor}`)) !== undefined) return []
  const emulator = (await host.which(`qemu-${processor}-static`)) ?? (await host.which(`qemu-${processor}`))
  return emulator === undefined ? undefined : [emulator]
}

/** An executable that this machine cannot run. */
export function foreign(platforms: Executable['platforms'], host: Place['host']): Launch {
  const here = `${host.platform.os}/${host.platform.arch}`
  const built = platforms.join(', ')
  const hint = built.startsWith('linux/') && here.startsWith('linux/') ? 'Install qemu-user-static, or run' : 'Run'
  return notForHere(`${built} does not run on ${here}`, `${hint} this action on a ${built} runner too.`)
}

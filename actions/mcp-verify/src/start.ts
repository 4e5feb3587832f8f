import {join} from 'node:path'
import {randomUUID} from 'node:crypto'
import {childEnvironment} from '@mcp-release/action-kit'
import {type MakeCommand, type ServerCommand, fillPlaces, freePort, serverEnvironment} from '@mcp-release/mcp'
import type {Launch, Place, StartWords} from './launch'
import type {Network} from './network'

type Start = Extract<Launch, {kind: 'start'}>

/** How the processes of a server are started. */
export interface ProcessOptions {
  readonly words: StartWords
  readonly network: Network
  readonly port?: number
}

/** Makes the command of each process of a server, with a home, a temporary folder and a working folder of its own. */
export function commandMaker(
  launch: Start,
  {host, folder}: Place,
  {words, network, port = 0}: ProcessOptions,
): MakeCommand {
  return async (): Promise<ServerCommand> => {
    const own = join(folder, `process-${randomUUID().slice(0, 8)}`)
    const [home, temp, work] = [join(own, 'home'), join(own, 'temp'), join(own, 'work')]
    const values = {
      port: String(port),
      folder: join(own, 'folder'),
      file: join(own, 'file'),
      process: randomUUID(),
    }
    for (const path of [home, temp, work, values.folder]) await host.files.makeDirectory(path)
    await host.files.write(values.file, '')
    const fill = (text: string) => fillPlaces(text, values)
    const given = Object.fromEntries(Object.entries(words.env).map(([name, value]) => [name, fill(value)]))
    const argv = [...(launch.trusted === true ? [] : network.prefix), ...launch.command(words)].map(fill)
    const env =
      launch.trusted === true
        ? childEnvironment(host.env, given)
        : serverEnvironment(host.env, {home, temp, given: {...given, ...launch.env}})
    return {argv, cwd: work, env}
  }
}

/** A port for a server: the one that its server.json fixes, or a free one. */
export async function choosePort(fixed: number | undefined): Promise<number> {
  return fixed ?? (await freePort())
}

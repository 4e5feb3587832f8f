import {join} from 'node:path'
import {randomUUID} from 'node:crypto'
import {childEnvironment} from '@mcp-release/action-kit'
import {type MakeCommand, type ServerCommand, fillPlaces, freePort, serverEnvironment} from '@mcp-release/mcp'
import type {Launch, Place, StartWords} from './launch'
import type {Isolation} from './isolation'

type Start = Extract<Launch, {kind: 'start'}>

/** How the processes of a server are started. */
export interface ProcessOptions {
  readonly words: StartWords
  /** What keeps them away from the machine, and whether they reach a network in spite of it. */
  readonly isolation: Isolation
  readonly network: 'on' | 'off'
  readonly port?: number
}

/** Makes the command of each process of a server, with a home, a temporary folder and a working folder of its own. */
export function commandMaker(
  launch: Start,
  {host, folder}: Place,
  {words, isolation, network, port = 0}: ProcessOptions,
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
    const argv = launch.command(words).map(fill)
    if (launch.trusted === true) return {argv, cwd: work, env: childEnvironment(host.env, given, argv[0])}
    const env = serverEnvironment(host.env, {home, temp, given: {...given, ...launch.env}})
    return isolation.isolate({argv, cwd: work, env}, {network, folder})
  }
}

/** A port for a server: the one that its server.json fixes, or a free one. */
export async function choosePort(fixed: number | undefined): Promise<number> {
  return fixed ?? (await freePort())
}

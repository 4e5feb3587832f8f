import {join} from 'node:path'
import {randomUUID} from 'node:crypto'
import {type Host, childEnvironment} from '@mcp-release/action-kit'
import {type MakeCommand, type ServerCommand, fillPlaces, freePort, serverEnvironment} from '@mcp-release/mcp'
import type {Launch, Place} from './launch'
import type {Network} from './network'

type Start = Extract<Launch, {kind: 'start'}>

/** Makes the command of each process of a server, with a home, a temporary folder and a working folder of its own. */
export function commandMaker(
  launch: Start,
  {host, settings, folder}: Place,
  {network, port = 0}: {readonly network: Network; readonly port?: number},
): MakeCommand {
  let count = 0
  return async (): Promise<ServerCommand> => {
    const own = join(folder, `process-${++count}`)
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
    const given = Object.fromEntries(Object.entries(settings.serverEnv).map(([name, value]) => [name, fill(value)]))
    const argv = [...(launch.trusted === true ? [] : network.prefix), ...launch.argv].map(fill)
    return {argv, cwd: work, env: environment(host, {launch, home, temp, given})}
  }
}

function environment(
  host: Host,
  {
    launch,
    home,
    temp,
    given,
  }: {
    readonly launch: Start
    readonly home: string
    readonly temp: string
    readonly given: Readonly<Record<string, string>>
  },
): Readonly<Record<string, string>> {
  if (launch.trusted === true) return childEnvironment(host.env, given)
  return serverEnvironment(host.env, {home, temp, given: {...launch.env, ...given}})
}

/** A port for a server: the one that its server.json fixes, or a free one. */
export async function choosePort(fixed: number | undefined): Promise<number> {
  return fixed ?? (await freePort())
}

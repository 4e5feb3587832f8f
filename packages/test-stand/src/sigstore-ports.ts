import type {Server} from 'node:http'
import net, {type AddressInfo, type Socket} from 'node:net'

/** A server that listens on loopback. */
export interface Listening {
  readonly port: number
  readonly close: () => Promise<void>
}

/** Lets a server listen on a free port of loopback. */
export async function listen(server: Server | net.Server): Promise<Listening> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** Ports that were free a moment ago, all different, for programs that cannot choose one themselves. */
export async function freePorts(count: number): Promise<number[]> {
  const taken = await Promise.all(Array.from({length: count}, () => listen(net.createServer())))
  await Promise.all(taken.map(each => each.close()))
  return taken.map(({port}) => port)
}

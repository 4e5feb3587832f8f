import {spawn} from 'node:child_process'
import {mkdtemp, realpath, rm, writeFile} from 'node:fs/promises'
import {type AddressInfo, createServer} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {stop} from './buildkit'

/** A registry of images on loopback. */
export interface ImageRegistry {
  /** `127.0.0.1:PORT`. */
  readonly address: string
  readonly close: () => Promise<void>
}

/** Starts the registry of Debian's package docker-registry, empty, without login. */
export async function startImageRegistry(): Promise<ImageRegistry> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'image-registry-')))
  const address = `127.0.0.1:${await freePort()}`
  const config = join(directory, 'config.json')
  const storage = {filesystem: {rootdirectory: join(directory, 'images')}, delete: {enabled: true}}
  // YAML, of which JSON is a part.
  await writeFile(config, JSON.stringify({version: '0.1', log: {level: 'error'}, storage, http: {addr: address}}))
  const server = spawn('docker-registry', ['serve', config], {stdio: 'ignore'})
  const failed = new Promise<never>((_, reject) => server.once('error', reject))
  const close = async () => {
    if (server.pid !== undefined) await stop(server)
    await rm(directory, {recursive: true, force: true, maxRetries: 3})
  }
  try {
    await Promise.race([failed, answer(address)])
    return {address, close}
  } catch (error) {
    await close()
    throw error
  }
}

async function answer(address: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const ready = await fetch(`http://${address}/v2/`).then(
      response => response.ok,
      () => false,
    )
    if (ready) return
    await sleep(100)
  }
  throw new Error(`docker-registry does not answer at ${address}`)
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}

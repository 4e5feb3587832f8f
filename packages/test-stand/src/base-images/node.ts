import {cp} from 'node:fs/promises'
import {join} from 'node:path'
import {type BaseImagePlace, addPrograms, addSurroundings, answerOf, pushImage, trusted, withContext} from './image'

/**
 * Puts a stand-in for the official `node` image into the registry: this machine's Node.js and npm, with its registry.
 * `tag` is what a Containerfile asks for.
 */
export async function pushNode(place: BaseImagePlace, tag: string): Promise<void> {
  const npm = join(await answerOf('npm', 'root', '--global'), 'npm')
  const registry = await answerOf('npm', 'config', 'get', 'registry')
  await withContext(async folder => {
    await addPrograms(folder, ['/bin/sh', '/usr/bin/env', process.execPath])
    await addSurroundings(folder)
    await cp(npm, join(folder, 'usr/local/lib/node_modules/npm'), {recursive: true, dereference: true})
    const containerfile = [
      'FROM scratch',
      'COPY . /',
      `ENV PATH=/usr/local/bin:/usr/bin:/bin HOME=/root NODE_EXTRA_CA_CERTS=${trusted} npm_config_registry=${registry}`,
      `RUN ${process.execPath} -e "fs.mkdirSync('/usr/local/bin', {recursive: true}); fs.symlinkSync('${process.execPath}', '/usr/local/bin/node'); fs.symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', '/usr/local/bin/npm')"`,
    ]
    await pushImage(place, {name: `library/node:${tag}`, folder, containerfile})
  })
}

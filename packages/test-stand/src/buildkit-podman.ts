import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'

/**
 * Writes what podman needs to run inside a container or a small virtual machine, into an empty folder; with the returned
 * variables it keeps its images there. Overlays may not be had, and limits above those of this process are refused.
 */
export async function podmanEnvironment(directory: string): Promise<Record<string, string>> {
  const [containers, storage] = [join(directory, 'containers.conf'), join(directory, 'storage.conf')]
  await writeFile(containers, '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]\n')
  const places = `graphroot = "${join(directory, 'graph')}"\nrunroot = "${join(directory, 'run')}"\n`
  await writeFile(storage, `[storage]\ndriver = "vfs"\n${places}`)
  return {CONTAINERS_CONF: containers, CONTAINERS_STORAGE_CONF: storage}
}

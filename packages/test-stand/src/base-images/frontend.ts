import {copyFile} from 'node:fs/promises'
import {join} from 'node:path'
import {type BaseImagePlace, pushImage, withContext} from './image'

/**
 * Puts `docker/dockerfile:1` into the registry: the program that `# syntax=docker/dockerfile:1` names, from the same
 * sources as the BuildKit of the stand.
 */
export async function pushDockerfileFrontend(place: BaseImagePlace): Promise<void> {
  await withContext(async folder => {
    await copyFile(join(place.binaries, 'dockerfile-frontend'), join(folder, 'dockerfile-frontend'))
    const containerfile = [
      'FROM scratch',
      'LABEL moby.buildkit.frontend.network.none="true"',
      'LABEL moby.buildkit.frontend.caps="moby.buildkit.frontend.inputs,moby.buildkit.frontend.subrequests,moby.buildkit.frontend.contexts"',
      'COPY dockerfile-frontend /bin/dockerfile-frontend',
      'ENTRYPOINT ["/bin/dockerfile-frontend"]',
    ]
    await pushImage(place, {name: 'docker/dockerfile:1', folder, containerfile})
  })
}

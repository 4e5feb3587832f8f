import {type BaseImagePlace, addPrograms, addSurroundings, answerOf, pushImage, withContext} from './image'

/**
 * Puts a stand-in for the official `golang` image into the registry: this machine's Go, shell and certificates, which is
 * all that a build of a program without C needs. `tag` is what a Containerfile asks for.
 */
export async function pushGolang(place: BaseImagePlace, tag: string): Promise<void> {
  const env = JSON.parse(await answerOf('go', 'env', '-json', 'GOROOT', 'GOPROXY', 'GOSUMDB')) as GoEnvironment
  await withContext(async folder => {
    await addPrograms(folder, ['/bin/sh'])
    await addSurroundings(folder)
    const containerfile = [
      'FROM scratch',
      'COPY --from=go / /usr/local/go',
      'COPY . /',
      `ENV PATH=/usr/local/go/bin:/bin HOME=/root GOTOOLCHAIN=local GOPROXY=${env.GOPROXY} GOSUMDB=${env.GOSUMDB}`,
    ]
    await pushImage(place, {name: `library/golang:${tag}`, folder, containerfile, contexts: {go: env.GOROOT}})
  })
}

type GoEnvironment = Readonly<Record<'GOROOT' | 'GOPROXY' | 'GOSUMDB', string>>

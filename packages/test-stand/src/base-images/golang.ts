import {execFile} from 'node:child_process'
import {mkdir} from 'node:fs/promises'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {type BaseImagePlace, addPrograms, addSurroundings, answerOf, pushImage, withContext} from './image'

/** A program whose packages the image has compiled already. */
export interface CompiledProgram {
  /** The folder of its module. */
  readonly folder: string
  /** Such as `linux/arm64`. */
  readonly platforms: readonly string[]
  /** A folder that keeps them from one run of the tests to the next, as Go keeps what it has compiled for a user. */
  readonly cache: string
}

/**
 * Puts a stand-in for the official `golang` image into the registry: this machine's Go, shell and certificates, which is
 * all that a build of a program without C needs. `tag` is what a Containerfile asks for. With a compiled program a build of
 * it only has to link; Go decides by content whether that serves, and compiling its library takes a minute for a platform.
 */
export async function pushGolang(place: BaseImagePlace, tag: string, program: CompiledProgram): Promise<void> {
  const env = JSON.parse(await answerOf('go', 'env', '-json', 'GOROOT', 'GOPROXY', 'GOSUMDB')) as GoEnvironment
  const compiled = join(program.cache, 'go-build')
  await compile(program, compiled)
  await withContext(async folder => {
    await addPrograms(folder, ['/bin/sh'])
    await addSurroundings(folder)
    const containerfile = [
      'FROM scratch',
      'COPY --from=go / /usr/local/go',
      'COPY --from=compiled / /root/.cache/go-build',
      'COPY . /',
      `ENV PATH=/usr/local/go/bin:/bin HOME=/root GOTOOLCHAIN=local GOPROXY=${env.GOPROXY} GOSUMDB=${env.GOSUMDB}`,
    ]
    await pushImage(place, {name: `library/golang:${tag}`, folder, containerfile, contexts: {go: env.GOROOT, compiled}})
  })
}

type GoEnvironment = Readonly<Record<'GOROOT' | 'GOPROXY' | 'GOSUMDB', string>>

async function compile({folder, platforms}: CompiledProgram, cache: string): Promise<void> {
  await mkdir(cache, {recursive: true})
  for (const platform of platforms) {
    const [os, arch] = platform.split('/')
    const env = {...process.env, GOCACHE: cache, CGO_ENABLED: '0', GOOS: os, GOARCH: arch, GOTOOLCHAIN: 'local'}
    await run('go', ['build', '-trimpath', '-o', '/dev/null', '.'], {cwd: folder, env})
  }
}

const run = promisify(execFile)

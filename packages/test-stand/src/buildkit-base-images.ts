import {execFile} from 'node:child_process'
import {copyFile, mkdir, mkdtemp, readFile, realpath, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {promisify} from 'node:util'
import type {Buildkit} from './buildkit'

/** Where images are made with and put. */
export interface BaseImagePlace {
  readonly buildkit: Buildkit
  readonly binaries: string
  /** `127.0.0.1:PORT`. */
  readonly registry: string
}

/**
 * Puts `docker/dockerfile:1` into the registry: the program that `# syntax=docker/dockerfile:1` names, from the same
 * sources as the BuildKit of the stand.
 */
export async function pushDockerfileFrontend(place: BaseImagePlace): Promise<void> {
  await withFolder(async folder => {
    await copyFile(join(place.binaries, 'dockerfile-frontend'), join(folder, 'dockerfile-frontend'))
    const containerfile = [
      'FROM scratch',
      'LABEL moby.buildkit.frontend.network.none="true"',
      'LABEL moby.buildkit.frontend.caps="moby.buildkit.frontend.inputs,moby.buildkit.frontend.subrequests,moby.buildkit.frontend.contexts"',
      'COPY dockerfile-frontend /bin/dockerfile-frontend',
      'ENTRYPOINT ["/bin/dockerfile-frontend"]',
    ]
    await push(place, {name: 'docker/dockerfile:1', folder, containerfile})
  })
}

/**
 * Puts a stand-in for the official `golang` image into the registry: this machine's Go, shell and certificates, which is
 * all that a build of a program without C needs. `tag` is what a Containerfile asks for.
 */
export async function pushGolang(place: BaseImagePlace, tag: string): Promise<void> {
  const env = await goEnvironment()
  await withFolder(async folder => {
    for (const file of ['/bin/sh', ...(await librariesOf('/bin/sh'))])
      await copyInto(folder, await realpath(file), file)
    const certificates = process.env['SSL_CERT_FILE'] ?? '/etc/ssl/certs/ca-certificates.crt'
    await copyInto(folder, certificates, '/etc/ssl/certs/ca-certificates.crt')
    await mkdir(join(folder, 'tmp'))
    const containerfile = [
      'FROM scratch',
      'COPY --from=go / /usr/local/go',
      'COPY . /',
      `ENV PATH=/usr/local/go/bin:/bin HOME=/root GOTOOLCHAIN=local GOPROXY=${env.GOPROXY} GOSUMDB=${env.GOSUMDB}`,
    ]
    await push(place, {name: `library/golang:${tag}`, folder, containerfile, contexts: {go: env.GOROOT}})
  })
}

interface Image {
  readonly name: string
  readonly folder: string
  readonly containerfile: readonly string[]
  readonly contexts?: Readonly<Record<string, string>>
}

async function push({buildkit, binaries, registry}: BaseImagePlace, image: Image): Promise<void> {
  const file = `${image.folder}.Containerfile`
  await writeFile(file, `${image.containerfile.join('\n')}\n`)
  const contexts = Object.entries(image.contexts ?? {}).flatMap(([name, path]) => [
    '--build-context',
    `${name}=${path}`,
  ])
  const output = `type=image,name=${registry}/${image.name},push=true,compression=uncompressed`
  const args = ['build', '--provenance=false', '--file', file, ...contexts, '--output', output, image.folder]
  await run(join(binaries, 'buildx'), args, {env: {...process.env, ...buildkit.env}, maxBuffer: 2 ** 26})
}

async function goEnvironment(): Promise<Readonly<Record<'GOROOT' | 'GOPROXY' | 'GOSUMDB', string>>> {
  const {stdout} = await run('go', ['env', '-json', 'GOROOT', 'GOPROXY', 'GOSUMDB'])
  return JSON.parse(stdout) as Record<'GOROOT' | 'GOPROXY' | 'GOSUMDB', string>
}

// The absolute paths that ldd names; the kernel's own vdso has none.
async function librariesOf(program: string): Promise<readonly string[]> {
  const {stdout} = await run('ldd', [program])
  return [...stdout.matchAll(/(?:=> |^\s*)(\/\S+)/gm)].map(([, path = '']) => path)
}

async function copyInto(folder: string, from: string, to: string): Promise<void> {
  const path = join(folder, to)
  await mkdir(dirname(path), {recursive: true})
  await writeFile(path, await readFile(from), {mode: 0o755})
}

async function withFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'base-image-'))
  try {
    const folder = join(home, 'context')
    await mkdir(folder)
    await body(folder)
  } finally {
    await rm(home, {recursive: true, force: true})
  }
}

const run = promisify(execFile)

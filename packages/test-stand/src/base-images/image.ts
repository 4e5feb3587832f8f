import {execFile} from 'node:child_process'
import {chmod, copyFile, mkdir, mkdtemp, readdir, realpath, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {basename, dirname, join} from 'node:path'
import {promisify} from 'node:util'
import type {Buildkit} from '../buildkit'

/** Where images are made with and put. */
export interface BaseImagePlace {
  readonly buildkit: Buildkit
  readonly binaries: string
  /** `127.0.0.1:PORT`. */
  readonly registry: string
}

/** A base image of the stand. */
export interface BaseImage {
  /** As a Containerfile names it, with `library/` for an official one. */
  readonly name: string
  /** The build context. */
  readonly folder: string
  readonly containerfile: readonly string[]
  /** Further contexts by name. */
  readonly contexts?: Readonly<Record<string, string>>
}

/** Builds a base image for this machine's platform and pushes it. */
export async function pushImage({buildkit, binaries, registry}: BaseImagePlace, image: BaseImage): Promise<void> {
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

/** Puts programs and the libraries that they are linked with into the context, at the paths that they have here. */
export async function addPrograms(folder: string, programs: readonly string[]): Promise<void> {
  await addFiles(folder, programs)
  await addLibraries(folder, programs)
}

/** Puts the libraries that programs or modules are linked with into the context, but not themselves. */
export async function addLibraries(folder: string, modules: readonly string[]): Promise<void> {
  const libraries = await Promise.all(modules.map(librariesOf))
  await addFiles(folder, libraries.flat())
}

/** Puts files into the context, at the absolute paths that they have here. */
export async function addFiles(folder: string, files: readonly string[]): Promise<void> {
  for (const file of new Set(files)) await addFile(folder, await realpath(file), file)
}

// What compiled wheels may expect of every Linux (PEP 600, the policies of manylinux), as far as it is no part of a desktop.
const runtime = ['c', 'dl', 'm', 'mvec', 'nsl', 'pthread', 'resolv', 'rt', 'util', 'gcc_s', 'stdc++']

/** The run-time libraries of C and C++ that programs built for every Linux expect, by their paths here. */
export async function runtimeLibraries(): Promise<readonly string[]> {
  const [libc = ''] = (await librariesOf('/bin/sh')).filter(file => basename(file) === 'libc.so.6')
  const wanted = new RegExp(`^lib(${runtime.map(name => name.replaceAll('+', '\\+')).join('|')})\\.so\\.\\d+$`)
  const folder = dirname(libc)
  return (await readdir(folder)).filter(name => wanted.test(name)).map(name => join(folder, name))
}

/** The certificates that this machine trusts, and a folder for temporary files. */
export async function addSurroundings(folder: string): Promise<void> {
  const certificates = process.env['SSL_CERT_FILE'] ?? '/etc/ssl/certs/ca-certificates.crt'
  await addFile(folder, certificates, trusted)
  const temporary = join(folder, 'tmp')
  await mkdir(temporary)
  await chmod(temporary, 0o1777)
}

/** Where an image has the certificates. */
export const trusted = '/etc/ssl/certs/ca-certificates.crt'

/** What a program prints, without the last newline. */
export async function answerOf(program: string, ...args: readonly string[]): Promise<string> {
  return (await run(program, [...args], {maxBuffer: 2 ** 26})).stdout.trimEnd()
}

// The absolute paths that ldd names; the kernel's own vdso has none, and a static program has no libraries.
async function librariesOf(program: string): Promise<readonly string[]> {
  const stdout = await answerOf('ldd', program).catch(() => '')
  return [...stdout.matchAll(/(?:=> |^\s*)(\/\S+)/gm)].map(([, path = '']) => path)
}

async function addFile(folder: string, from: string, to: string): Promise<void> {
  const path = join(folder, to)
  await mkdir(dirname(path), {recursive: true})
  await copyFile(from, path)
  await chmod(path, 0o755)
}

/** Gives the body an empty context that goes away afterwards. */
export async function withContext(body: (folder: string) => Promise<void>): Promise<void> {
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

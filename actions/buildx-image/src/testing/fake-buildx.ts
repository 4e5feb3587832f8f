import {createHash} from 'node:crypto'
import {join} from 'node:path'
import type {ExecResult} from '@mcp-release/action-kit'
import {FakeHost, type FakeProgram} from '@mcp-release/action-kit/testing'

/** What a made-up buildx is to do wrong, and what its registry holds. */
export interface FakeBuildx {
  readonly program: FakeProgram
  /** Digests by name with tag. */
  readonly registry: Map<string, string>
  /** Images that were pushed, as `repository@digest`. */
  readonly images: Set<string>
  /** Exit code and words of the next runs of `build` and `imagetools create`, first come first served. */
  readonly failures: string[]
  /** The user of the images. */
  user: string
  /** Platforms that get lost. */
  lost: readonly string[]
  /** Labels that images do not get. */
  unlabelled: readonly string[]
  /** The digest that a push claims; that of the layout without it. */
  pushed: string | undefined
}

/** A buildx that writes small true layouts and has a registry in memory. */
export function fakeBuildx(): FakeBuildx {
  const fake: FakeBuildx = {
    registry: new Map(),
    images: new Set(),
    failures: [],
    user: '65532:65532',
    lost: [],
    unlabelled: [],
    pushed: undefined,
    program: argv => answer(fake, argv),
  }
  return fake
}

function answer(fake: FakeBuildx, [program, ...rest]: readonly string[]): ReturnType<FakeProgram> {
  if (program === 'git') return {exitCode: 128}
  if (program !== 'docker') return undefined
  const args = rest.slice(1)
  if (rest[0] !== 'buildx') return {}
  if (args[0] === 'version') return {stdout: 'github.com/docker/buildx v0.38.2\n'}
  if (args[0] === 'inspect') return {stdout: 'Name:   ci\nDriver: docker-container\n'}
  if (args[1] === 'inspect') return inspect(fake, args)
  const failure = fake.failures.shift()
  if (failure !== undefined) return {exitCode: 1, stderr: failure}
  if (args[0] === 'build') return build(fake, args)
  const [name = '', source = ''] = args.slice(-2)
  fake.registry.set(name.replace('--tag=', ''), source.slice(source.indexOf('@') + 1))
  return {}
}

function inspect(fake: FakeBuildx, args: readonly string[]): ReturnType<FakeProgram> {
  const name = args.at(-1) ?? ''
  const digest = fake.images.has(name) ? name.slice(name.indexOf('@') + 1) : fake.registry.get(name)
  return digest === undefined ? {exitCode: 1, stderr: 'ERROR: not found'} : {stdout: `${digest}\n`}
}

async function build(fake: FakeBuildx, args: readonly string[]): Promise<Partial<ExecResult>> {
  const value = (flag: string) => args.find(arg => arg.startsWith(`--${flag}=`))?.slice(flag.length + 3) ?? ''
  const folder = /dest=([^,]+)/.exec(value('output'))?.[1]
  const digest = await writeLayout(folder, {
    platforms: value('platform')
      .split(',')
      .filter(platform => !fake.lost.includes(platform)),
    user: fake.user,
    labels: Object.fromEntries(
      after(args, '--label')
        .map(split)
        .filter(([name]) => !fake.unlabelled.includes(name)),
    ),
    epoch: Number(
      after(args, '--build-arg')
        .map(split)
        .find(([name]) => name === 'SOURCE_DATE_EPOCH')?.[1],
    ),
  })
  const repository = /name=([^,]+)/.exec(value('output'))?.[1]
  const made = folder === undefined ? (fake.pushed ?? digest) : digest
  if (repository !== undefined) fake.images.add(`${repository}@${made}`)
  await files.write(value('metadata-file'), JSON.stringify({'containerimage.digest': made}))
  return {}
}

function after(args: readonly string[], flag: string): readonly string[] {
  return args.filter((_, at) => args[at - 1] === flag)
}

function split(pair: string): readonly [string, string] {
  const equals = pair.indexOf('=')
  return [pair.slice(0, equals), pair.slice(equals + 1)]
}

/** What goes into a made-up layout. */
export interface LayoutContent {
  readonly platforms: readonly string[]
  readonly user: string
  readonly labels: Readonly<Record<string, string>>
  readonly epoch: number
}

/** Writes an OCI layout and returns the digest of its index; without a folder only the digest. */
export async function writeLayout(
  folder: string | undefined,
  {platforms, user, labels, epoch}: LayoutContent,
): Promise<string> {
  const written = new Map<string, string>()
  const blob = (content: string, kind: string) => {
    const hex = createHash('sha256').update(content).digest('hex')
    written.set(`blobs/sha256/${hex}`, content)
    return {mediaType: `application/vnd.oci.image.${kind}`, digest: `sha256:${hex}`, size: Buffer.byteLength(content)}
  }
  const layer = blob('layer', 'layer.v1.tar+gzip')
  const manifests = platforms.map(platform => {
    const [os, architecture] = platform.split('/')
    const created = `${new Date(epoch * 1000).toISOString().slice(0, 19)}Z`
    const config = {os, architecture, created, config: {User: user, Labels: labels}}
    const manifest = {schemaVersion: 2, config: blob(JSON.stringify(config), 'config.v1+json'), layers: [layer]}
    return blob(JSON.stringify(manifest), 'manifest.v1+json')
  })
  const index = blob(JSON.stringify({schemaVersion: 2, manifests}), 'index.v1+json')
  const root = {...index, annotations: {'org.opencontainers.image.created': new Date().toISOString()}}
  written.set('index.json', JSON.stringify({schemaVersion: 2, manifests: [root]}))
  if (folder !== undefined) for (const [name, content] of written) await files.write(join(folder, name), content)
  return index.digest
}

// Only to write at absolute paths.
const {files} = new FakeHost()

import {join} from 'node:path'
import {type Host, InputError} from '@mcp-release/action-kit'
import {type Platform, executableSuffix, isPlainName, platformSlices} from '@mcp-release/release-model'
import {toolArgument} from './go-helper'
import {isoDate} from './go-flags'
import type {Inputs} from './inputs'
import {type Build, type Compilation, names} from './plan'
import type {Revision} from './revision'

/** What a Go module says of itself. */
export interface GoProject {
  readonly name: string
  /** The path of its module. */
  readonly module: string
  /** Whether its dependencies lie in its own folder `vendor`. */
  readonly vendored: boolean
}

/** Reads go.mod. */
export async function readGoProject(host: Host, inputs: Inputs): Promise<GoProject> {
  const modules = await host.files.stat(join(inputs.directory, 'vendor/modules.txt'))
  const text = await host.files.readText(join(inputs.directory, 'go.mod'))
  const name = inputs.name ?? moduleName(text)
  if (name === undefined || !isPlainName(name)) {
    throw new InputError([`go.mod: the module path gives no usable name (${JSON.stringify(name)})`], {
      hint: 'Give the input binary.',
    })
  }
  return {name, module: modulePath(text) ?? name, vendored: modules?.kind === 'file'}
}

function modulePath(text: string): string | undefined {
  return /^\s*module\s+["`]?([^\s"`]+)/m.exec(text)?.[1]
}

/** The last part of the module path, without the major version: `example.org/x/server/v2` → `server`. */
export function moduleName(text: string): string | undefined {
  return modulePath(text)
    ?.replace(/\/v\d+$/, '')
    .replace(/\.v\d+$/, '')
    .split('/')
    .at(-1)
}

/** What is decided about a build of Go before it starts. */
export interface GoPlan {
  readonly inputs: Inputs
  readonly project: GoProject
  readonly revision: Revision
  /** A folder for executables. */
  readonly work: string
  /** The program that tells the main module its version; absent where it could not be made. */
  readonly helper?: string
  /** Linker flags for a platform, besides ours. */
  readonly flags: (platform: Platform) => readonly string[]
}

/** The commands that build a Go module; the same sources and Go give the same bytes anywhere. */
export function planGo(plan: GoPlan): readonly Build[] {
  const {inputs, project, revision, helper} = plan
  const version = `v${revision.version.text}`
  return inputs.targets.map(platform => ({
    ...names({name: project.name, version: revision.version.text, inputs}, platform),
    parts: platformSlices(platform).map(slice => compilation(plan, slice)),
    ...(helper === undefined
      ? {}
      : {
          holds: {
            text: `mod\t${project.module}\t${version}\t`,
            otherwise: `${platform}: Go did not take over the version of ${project.module}; what the program reads of itself (debug.ReadBuildInfo) has another one`,
          },
        }),
  }))
}

function compilation({inputs, project, revision, work, helper, flags}: GoPlan, platform: Platform): Compilation {
  const binary = join(work, platform.replaceAll('/', '_'), project.name + executableSuffix(platform))
  const argv = [
    'go',
    'build',
    ...moduleFlags(inputs, project),
    '-trimpath',
    '-buildvcs=false',
    ...(helper === undefined ? [] : ['-toolexec', toolArgument(helper)]),
    '-ldflags',
    ['-s -w -buildid=', ...flags(platform)].join(' '),
    '-o',
    binary,
    inputs.main,
  ]
  const env = {...goEnvironment(platform, revision.time), ...(helper === undefined ? {} : helperEnvironment(revision))}
  return {argv, env, binary}
}

/** The flags of `go build` and `go list` that decide which files belong to the program. */
export function moduleFlags({buildTags}: Inputs, {vendored}: GoProject): readonly string[] {
  return [...(vendored ? [] : ['-mod=readonly']), ...(buildTags.length === 0 ? [] : ['-tags', buildTags.join(',')])]
}

// What `go build` writes into a program in a clean checkout of the tag (https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies).
function helperEnvironment({version, commit, time}: Revision): Record<string, string> {
  const known = commit !== undefined && /^[0-9a-f]{40,64}$/.test(commit)
  const settings = known ? {vcs: 'git', 'vcs.revision': commit, 'vcs.time': isoDate(time), 'vcs.modified': 'false'} : {}
  const lines = Object.entries(settings).map(([name, value]) => `build\t${name}=${value}\n`)
  return {MCP_RELEASE_VERSION: `v${version.text}`, MCP_RELEASE_SETTINGS: lines.join('')}
}

/** The variables that decide what Go makes. */
export function goEnvironment(platform: Platform, time: number): Record<string, string> {
  const [os = '', arch = '', variant] = platform.split('/')
  return {
    CGO_ENABLED: '0',
    GOOS: os,
    GOARCH: arch,
    // Set, not emptied: an empty variable would let `go env -w` speak, and these all change the bytes.
    GOFLAGS: '-trimpath',
    GOAMD64: 'v1',
    GOARM64: 'v8.0',
    GOARM: variant?.slice(1) ?? '7',
    GO386: 'sse2',
    GORISCV64: 'rva20u64',
    GOPPC64: 'power8',
    SOURCE_DATE_EPOCH: String(time),
  }
}

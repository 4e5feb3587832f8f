import {basename} from 'node:path'
import {ActionError, type Host} from '@mcp-release/action-kit'

/** How buildx is started and which of its builders is used. */
export interface Buildx {
  /** `docker buildx`, or `buildx` alone. */
  readonly buildx: readonly string[]
  readonly builder: string
}

/** A plugin of docker, or a program of its own on machines without docker; `TOOL_MISSING` when there is none. */
export async function findBuildx(host: Host): Promise<readonly string[]> {
  for (const candidate of [['docker', 'buildx'], ['buildx']]) {
    if ((await host.which(candidate[0] ?? '')) === undefined) continue
    const answer = await host.exec([...candidate, 'version'], {quiet: true, check: false})
    if (answer.exitCode !== 0) continue
    host.info(`${candidate.join(' ')}: ${answer.stdout.trim()}`)
    return candidate
  }
  throw new ActionError('TOOL_MISSING', 'buildx: neither `docker buildx` nor `buildx` works here', {
    hint: 'Use a runner that has docker with buildx, run docker/setup-buildx-action before, or put buildx on PATH.',
  })
}

/** Runs `body` with the builder that was asked for, else the current one if it can, else a new one that is then removed. */
export async function withBuilder<T>(
  host: Host,
  {buildx, given}: {readonly buildx: readonly string[]; readonly given: string | undefined},
  body: (tool: Buildx) => Promise<T>,
): Promise<T> {
  const named = given ?? (host.env['BUILDX_BUILDER'] || undefined)
  if (named !== undefined) return body({buildx, builder: await existing(host, buildx, named)})
  const current = await host.exec([...buildx, 'inspect'], {quiet: true, check: false})
  const {name, driver} = described(current.stdout)
  if (current.exitCode === 0 && name !== undefined && driver !== undefined && driver !== 'docker') {
    host.info(`Builder: ${name} (${driver})`)
    return body({buildx, builder: name})
  }
  const builder = await create(host, buildx)
  try {
    return await body({buildx, builder})
  } finally {
    await host.exec([...buildx, 'rm', '--force', builder], {quiet: true, check: false})
  }
}

async function existing(host: Host, buildx: readonly string[], builder: string): Promise<string> {
  const answer = await host.exec([...buildx, 'inspect', builder], {quiet: true, check: false})
  const {driver} = described(answer.stdout)
  if (answer.exitCode !== 0) {
    throw new ActionError('BUILDER', `builder ${JSON.stringify(builder)}: ${lastLine(answer.stderr)}`, {
      hint: 'Make it in an earlier step (docker/setup-buildx-action), or leave BUILDX_BUILDER, and `builder` of buildx-image, empty: a new one is then made.',
    })
  }
  host.info(`Builder: ${builder} (${driver ?? 'unknown driver'})`)
  return builder
}

// The driver `docker`, which every docker has, writes no OCI layout and knows one platform only.
async function create(host: Host, buildx: readonly string[]): Promise<string> {
  const folder = await host.files.makeTemporary('mcp-release')
  await host.files.remove(folder)
  const builder = basename(folder).toLowerCase()
  const argv = [...buildx, 'create', `--name=${builder}`, '--driver=docker-container', '--bootstrap']
  const answer = await host.group('Make a builder', () => host.exec(argv, {check: false}))
  if (answer.exitCode === 0) return builder
  await host.exec([...buildx, 'rm', '--force', builder], {quiet: true, check: false})
  throw new ActionError('BUILDER', `no builder could be made: ${lastLine(answer.stderr)}`, {
    hint: 'Start docker: a release makes its builder with it. The action buildx-image alone also takes one that is there already (BUILDX_BUILDER, or its input `builder`).',
  })
}

function described(text: string): {readonly name?: string; readonly driver?: string} {
  const name = /^Name:\s*(\S+)/m.exec(text)?.[1]
  const driver = /^Driver:\s*(\S+)/m.exec(text)?.[1]
  return {...(name === undefined ? {} : {name}), ...(driver === undefined ? {} : {driver})}
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}

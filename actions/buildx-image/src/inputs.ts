import {isAbsolute, join, relative} from 'node:path'
import {type Host, type InputsOf, InputError, pathInWorkspace, rejectProblems} from '@mcp-release/action-kit'
import {type BuildRequest, isPlainName, plainNameRule, refineBuild} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import {type Containerfile, hasStage, readContainerfile} from './containerfile'
import {normalizedPlatform, platformProblem} from './platforms'
import {type Reference, parseReference} from './reference'

/** A build argument or a label. */
export type Pair = readonly [name: string, value: string]

/** What is to be built, checked. */
export interface Request extends BuildRequest {
  /** The folder that the build can read, absolute. */
  readonly context: string
  /** Absolute path of the Containerfile. */
  readonly containerfile: string
  readonly content: Containerfile
  readonly platforms: readonly string[]
  readonly target?: string
  readonly buildArgs: readonly Pair[]
  readonly labels: readonly Pair[]
  readonly tags: readonly Reference[]
  readonly push: boolean
  /** A file name. */
  readonly archive?: string
  readonly builder?: string
}

type Raw = InputsOf<typeof contract>

/** Checks all inputs; throws one `InputError` with every problem. */
export async function refine(host: Host, raw: Raw): Promise<Request> {
  const problems: string[] = []
  const common = await commonInputs(host, raw, problems)
  const buildArgs = readPairs('build-args', raw.buildArgs, {rule: /^[A-Za-z_]\w*$/, problems})
  if (buildArgs.some(([name]) => name === 'SOURCE_DATE_EPOCH'))
    problems.push('build-args: SOURCE_DATE_EPOCH is the input source-date')
  const labels = readPairs('labels', raw.labels, {rule: /^[A-Za-z0-9][A-Za-z0-9._/-]*$/, problems})
  const tags = readTags(raw.tags, problems)
  checkPlatforms(raw.platforms, problems)
  checkDestination(raw, problems)
  const found =
    common === undefined
      ? undefined
      : await findContainerfile(host, {...common, containerfile: raw.containerfile, target: raw.target}, problems)
  const context = await contextFolder(host, raw, problems)
  rejectProblems(problems)
  if (common === undefined || found === undefined) throw new InputError(['working-directory: holds no Containerfile'])
  return {
    ...common,
    ...found,
    context: context ?? common.directory,
    platforms: raw.platforms,
    buildArgs,
    labels,
    tags,
    push: raw.push,
    ...(raw.target === undefined ? {} : {target: raw.target}),
    ...(raw.archive === undefined ? {} : {archive: raw.archive}),
    ...(raw.builder === undefined ? {} : {builder: raw.builder}),
  }
}

async function contextFolder(host: Host, {context}: Raw, problems: string[]): Promise<string | undefined> {
  if (context === undefined) return undefined
  const path = await pathInWorkspace(host, {input: 'context', path: context}, problems)
  if ((await host.files.stat(path))?.kind === 'directory') return path
  problems.push(
    `context: ${JSON.stringify(context)} is not a folder of the checkout; name the one that COPY and ADD read`,
  )
  return undefined
}

async function commonInputs(host: Host, raw: Raw, problems: string[]): Promise<BuildRequest | undefined> {
  try {
    return await refineBuild(host, raw)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    problems.push(...error.problems)
    return undefined
  }
}

function readPairs(
  input: string,
  lines: readonly string[],
  {rule, problems}: {readonly rule: RegExp; readonly problems: string[]},
): readonly Pair[] {
  const names = new Set<string>()
  return lines.map(line => {
    const equals = line.indexOf('=')
    const [name, value] = equals < 0 ? [line, ''] : [line.slice(0, equals).trim(), line.slice(equals + 1)]
    if (equals < 0) problems.push(`${input}: ${JSON.stringify(line)} has no =; write NAME=value`)
    else if (!rule.test(name)) problems.push(`${input}: ${JSON.stringify(name)} is not a name`)
    else if (names.has(name)) problems.push(`${input}: ${name} is there twice`)
    names.add(name)
    return [name, value]
  })
}

function readTags(tags: readonly string[], problems: string[]): readonly Reference[] {
  return [...new Set(tags)].flatMap(tag => {
    const reference = parseReference(tag)
    if (typeof reference !== 'string') return [reference]
    problems.push(`tags: ${JSON.stringify(tag)} ${reference}`)
    return []
  })
}

function checkPlatforms(platforms: readonly string[], problems: string[]): void {
  if (platforms.length === 0) problems.push('platforms: there must be one at least')
  const seen = new Set<string>()
  for (const platform of platforms) {
    const problem = platformProblem(platform)
    const name = normalizedPlatform(platform)
    if (problem !== undefined) problems.push(`platforms: ${JSON.stringify(platform)} ${problem}`)
    else if (seen.has(name)) problems.push(`platforms: ${platform} is there twice`)
    seen.add(name)
  }
}

function checkDestination({push, tags, archive}: Raw, problems: string[]): void {
  if (push && tags.length === 0) problems.push('push: true, but tags is empty; name the image as registry/path:tag')
  if (!push && archive === undefined)
    problems.push('archive: nothing would be left of the image; give a file name here, or push: true with tags')
  if (archive === undefined) return
  if (!isPlainName(archive))
    problems.push(`archive: ${JSON.stringify(archive)}: is not a plain file name (${plainNameRule})`)
  else if (!archive.endsWith('.tar')) problems.push(`archive: ${JSON.stringify(archive)} does not end in .tar`)
}

interface Place {
  readonly directory: string
  readonly containerfile: string | undefined
  readonly target: string | undefined
}

async function findContainerfile(
  host: Host,
  {directory, containerfile, target}: Place,
  problems: string[],
): Promise<Pick<Request, 'containerfile' | 'content'> | undefined> {
  const names = containerfile === undefined ? ['Containerfile', 'Dockerfile'] : [containerfile]
  for (const name of names) {
    const given = isAbsolute(name) ? name : join(directory, name)
    const path = await pathInWorkspace(host, {input: 'containerfile', path: given}, problems)
    if ((await host.files.stat(path))?.kind !== 'file') continue
    const content = readContainerfile(await host.files.readText(path), target)
    if (content.stages.length === 0) problems.push(`containerfile: ${shown(host, path)} has no FROM`)
    else if (target !== undefined && !hasStage(content, target))
      problems.push(`target: ${JSON.stringify(target)} is not a stage of ${shown(host, path)}`)
    return {containerfile: path, content}
  }
  problems.push(`containerfile: there is no ${names.join(' or ')} in ${shown(host, directory)}`)
  return undefined
}

function shown(host: Host, path: string): string {
  return JSON.stringify(relative(host.workspace, path) || '.')
}

import {dirname, join} from 'node:path'
import {ActionError, type Host} from '@mcp-release/action-kit'
import {readZip} from '@mcp-release/archives'
import type {EnsuredTool} from '@mcp-release/tools'
import {type CycloneDx, cycloneDxComponents, finishCycloneDx, mergeCycloneDx} from './cyclonedx'
import {type Knowledge, cycloneDxKey, enrichCycloneDx, enrichSpdx, keyText, spdxKey} from './enrich'
import type {Format} from './inputs'
import {type Installed, installedAmong, installedIn} from './installed'
import {type ComponentKey, type Incomplete, type OwnPackage, byKey, installedKey, knownOf} from './knowledge'
import {type Spdx, finishSpdx, mergeSpdx, spdxComponents} from './spdx'
import {type Source, stage} from './stage'
import {stageAlone, whyUnresolved} from './stage-alone'
import type {Subject} from './subject'
import type {Supplier} from './supplier'

/** The SBOMs of one file. */
export interface Described {
  readonly documents: readonly {readonly format: Format; readonly text: string}[]
  /** How many components it has beside itself. */
  readonly components: number
  /** What is not known, and why. */
  readonly incomplete: readonly Incomplete[]
}

/** What is asked of `describe`. */
export interface Question {
  readonly subject: Subject
  readonly syft: EnsuredTool
  readonly formats: readonly Format[]
  /** Seconds since 1970. */
  readonly time: number
  /** The package that the file was built from. */
  readonly own?: OwnPackage | undefined
  /** The package that the file is. */
  readonly self?: ComponentKey | undefined
  /** Who releases the file. */
  readonly releaser?: Supplier | undefined
  /** Whether what cannot be complete is an error. */
  readonly strict: boolean
}

/** What a document says that syft does not know. */
export interface Facts {
  readonly subject: Subject
  /** ISO 8601 in whole seconds. */
  readonly created: string
  readonly syftVersion: string
  /** An SPDX expression. */
  readonly license?: string
  readonly supplier?: Supplier
}

/** Why a document is about the file alone. */
export const nothingRecognised = 'syft recognises no component in it'

/** Installs or unpacks a file in a temporary folder, scans that, and makes the SBOMs of the file from what was found. */
export async function describe(host: Host, question: Question): Promise<Described> {
  const {subject, syft, formats, time} = question
  const folder = await host.files.makeTemporary('sbom')
  try {
    const scans: string[][] = []
    const incomplete: Incomplete[] = []
    const sources = await stagedOrAlone(host, question, join(folder, 'contents'))
    for (const [index, source] of sources.entries()) {
      incomplete.push(...(source.incomplete ?? []))
      scans.push(await scan(host, question, {source, out: join(folder, String(index))}))
    }
    const created = new Date(time * 1000).toISOString().replace('.000Z', 'Z')
    const installed = byKey(await installedPackages(host, subject, sources))
    const facts: Facts = {subject, created, syftVersion: syft.version, ...aboutFile(question, installed)}
    const knowledge = await gather(host, question, {scans, installed})
    let finished = finishAll(formats, scans, {facts, knowledge, incomplete})
    const components = Math.min(...finished.map(each => each.components))
    if (components === 0) {
      incomplete.push({reason: nothingRecognised})
      finished = finishAll(formats, scans, {facts, knowledge, incomplete})
    }
    for (const {text} of finished) rejectLocalPaths(subject, text, [folder, host.workspace])
    return {documents: finished, components, incomplete}
  } finally {
    await host.files.remove(folder)
  }
}

/** What is put into a folder for syft; a package whose dependencies cannot be resolved is described alone. */
async function stagedOrAlone(host: Host, {subject, strict}: Question, contents: string): Promise<readonly Source[]> {
  try {
    return await stage(host, subject, contents)
  } catch (error) {
    const resolves = ['wheel', 'npm-package', 'bundle'].includes(subject.kind)
    if (strict || !resolves || !(error instanceof ActionError) || error.code !== 'TOOL') throw error
    await host.files.remove(contents)
    const why = whyUnresolved(error.message, [contents, dirname(subject.path)])
    return [
      await stageAlone(host, subject, {folder: contents, reason: `its dependencies could not be resolved: ${why}`}),
    ]
  }
}

async function installedPackages(
  host: Host,
  {kind, path}: Subject,
  sources: readonly Source[],
): Promise<readonly Installed[]> {
  const folders = sources.flatMap(({base}) => base ?? [])
  if (kind === 'bundle' && folders.length === 0) return installedAmong(readZip(await host.files.readBytes(path)))
  return (await Promise.all(folders.map(folder => installedIn(host, folder)))).flat()
}

/** Who supplies the file itself, and under which licence: as the plan says, else as its package says. */
function aboutFile(
  {own, self, releaser}: Question,
  installed: ReadonlyMap<string, Installed>,
): Pick<Facts, 'license' | 'supplier'> {
  const said = self === undefined ? undefined : installed.get(installedKey(self))
  const [license, supplier] = [own?.license ?? said?.license, releaser ?? said?.supplier]
  return {...(license === undefined ? {} : {license}), ...(supplier === undefined ? {} : {supplier})}
}

/** What installed packages, the caches of this machine and the plan know of the components. */
async function gather(
  host: Host,
  {formats, own, self, releaser}: Question,
  {
    scans,
    installed,
  }: {readonly scans: readonly (readonly string[])[]; readonly installed: ReadonlyMap<string, Installed>},
): Promise<Knowledge> {
  const keys = scans.flatMap(texts =>
    texts.flatMap((text, at) =>
      formats[at] === 'spdx-json'
        ? (JSON.parse(text) as Spdx).packages.map(spdxKey)
        : ((JSON.parse(text) as CycloneDx).components ?? []).map(cycloneDxKey),
    ),
  )
  const known = await Promise.all(
    keys
      .filter(({type}) => type !== '')
      .map(async key => [keyText(key), await knownOf(host, key, {own, self, releaser, installed})] as const),
  )
  return new Map(known)
}

function configuration(host: Host): string {
  const home = host.env['HOME'] ?? host.env['USERPROFILE'] ?? ''
  const modules = host.env['GOMODCACHE'] ?? join(host.env['GOPATH'] ?? join(home, 'go'), 'pkg/mod')
  return [
    'file:',
    '  metadata:',
    '    selection: none',
    'golang:',
    '  search-local-mod-cache-licenses: true',
    `  local-mod-cache-dir: ${JSON.stringify(modules)}`,
    '',
  ].join('\n')
}

/** One run for all formats, with no configuration but ours. */
async function scan(
  host: Host,
  {subject, syft, formats}: Question,
  {source, out}: {readonly source: Source; readonly out: string},
): Promise<string[]> {
  const config = join(out, 'syft.yaml')
  // Digests of the single files make SBOMs many times as large, and no consumer of a package's SBOM asks for them.
  await host.files.write(config, configuration(host))
  await host.exec(
    [
      syft.path,
      'scan',
      '--quiet',
      ...['--config', config],
      ...(source.base === undefined ? [] : ['--base-path', source.base]),
      // Everything that is scanned is in its installed form: lock files and requirements say nothing about it.
      ...['--override-default-catalogers', 'image'],
      ...['--source-name', subject.name],
      ...(subject.version === undefined ? [] : ['--source-version', subject.version]),
      ...formats.flatMap(format => ['--output', `${format}=${join(out, format)}`]),
      source.location,
    ],
    // Several files are looked at side by side.
    {env: {SYFT_CHECK_FOR_APP_UPDATE: 'false'}, cwd: out, quiet: true},
  )
  return Promise.all(formats.map(format => host.files.readText(join(out, format))))
}

interface Finishing {
  readonly facts: Facts
  readonly knowledge: Knowledge
  readonly incomplete: readonly Incomplete[]
}

function finishAll(formats: readonly Format[], scans: readonly (readonly string[])[], finishing: Finishing) {
  return formats.map((format, at) => ({
    format,
    ...finish(
      format,
      scans.map(texts => texts[at] ?? ''),
      finishing,
    ),
  }))
}

function finish(
  format: Format,
  texts: readonly string[],
  {facts, knowledge, incomplete}: Finishing,
): {text: string; components: number} {
  if (format === 'spdx-json') {
    const merged = mergeSpdx(texts.map(text => JSON.parse(text) as Spdx))
    const document = finishSpdx(enrichSpdx(merged, knowledge, {incomplete, created: facts.created}), facts)
    return {text: formatted(document), components: spdxComponents(document)}
  }
  const merged = mergeCycloneDx(texts.map(text => JSON.parse(text) as CycloneDx))
  const document = finishCycloneDx(enrichCycloneDx(merged, knowledge, incomplete), facts)
  return {text: formatted(document), components: cycloneDxComponents(document)}
}

function formatted(document: Spdx | CycloneDx): string {
  return `${JSON.stringify(document, undefined, 2)}\n`
}

function rejectLocalPaths({name}: Subject, text: string, folders: readonly string[]): void {
  const found = folders.find(folder => text.includes(JSON.stringify(folder).slice(1, -1)))
  if (found === undefined) return
  throw new ActionError('SBOM', `${name}: its SBOM would hold the path ${JSON.stringify(found)} of this machine`, {
    hint: 'The package has metadata with an absolute path in it; mend its build.',
  })
}

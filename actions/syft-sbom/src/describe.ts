import {join} from 'node:path'
import {ActionError, type Host} from '@mcp-release/action-kit'
import type {EnsuredTool} from '@mcp-release/tools'
import {type CycloneDx, cycloneDxComponents, finishCycloneDx, mergeCycloneDx} from './cyclonedx'
import type {Format} from './inputs'
import {type Spdx, finishSpdx, mergeSpdx, spdxComponents} from './spdx'
import {type Source, stage} from './stage'
import type {Subject} from './subject'

/** The SBOMs of one file. */
export interface Described {
  readonly documents: readonly {readonly format: Format; readonly text: string}[]
  /** How many components it has beside itself. */
  readonly components: number
}

/** What is asked of `describe`. */
export interface Question {
  readonly subject: Subject
  readonly syft: EnsuredTool
  readonly formats: readonly Format[]
  /** Seconds since 1970. */
  readonly time: number
}

/** What a document says that syft does not know. */
export interface Facts {
  readonly subject: Subject
  /** ISO 8601 in whole seconds. */
  readonly created: string
  readonly syftVersion: string
}

/** Installs or unpacks a file in a temporary folder, scans that, and makes the SBOMs of the file from what was found. */
export async function describe(host: Host, question: Question): Promise<Described> {
  const {subject, syft, formats, time} = question
  const folder = await host.files.makeTemporary('sbom')
  try {
    const scans: string[][] = []
    for (const [index, source] of (await stage(host, subject, join(folder, 'contents'))).entries()) {
      scans.push(await scan(host, question, {source, out: join(folder, String(index))}))
    }
    const created = new Date(time * 1000).toISOString().replace('.000Z', 'Z')
    const facts: Facts = {subject, created, syftVersion: syft.version}
    const finished = formats.map((format, at) => ({
      format,
      ...finish(
        format,
        scans.map(texts => texts[at] ?? ''),
        facts,
      ),
    }))
    for (const {text} of finished) rejectLocalPaths(subject, text, [folder, host.workspace])
    return {documents: finished, components: Math.min(...finished.map(({components}) => components))}
  } finally {
    await host.files.remove(folder)
  }
}

/** One run for all formats, with no configuration but ours. */
async function scan(
  host: Host,
  {subject, syft, formats}: Question,
  {source, out}: {readonly source: Source; readonly out: string},
): Promise<string[]> {
  const config = join(out, 'syft.yaml')
  // Digests of the single files make SBOMs many times as large, and no consumer of a package's SBOM asks for them.
  await host.files.write(config, 'file:\n  metadata:\n    selection: none\n')
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

function finish(format: Format, texts: readonly string[], facts: Facts): {text: string; components: number} {
  if (format === 'spdx-json') {
    const document = finishSpdx(mergeSpdx(texts.map(text => JSON.parse(text) as Spdx)), facts)
    return {text: formatted(document), components: spdxComponents(document)}
  }
  const document = finishCycloneDx(mergeCycloneDx(texts.map(text => JSON.parse(text) as CycloneDx)), facts)
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

import {availableParallelism} from 'node:os'
import {basename} from 'node:path'
import {
  ActionError,
  type Host,
  type InputsOf,
  type OutputsOf,
  inParallel,
  markdownTable,
  sourceDate,
} from '@mcp-release/action-kit'
import {ofFile} from '@mcp-release/archives'
import type {Plan} from '@mcp-release/release-model'
import {ensureTool} from '@mcp-release/tools'
import type {contract} from './action.gen'
import {type Described, type Question, describe, nothingRecognised} from './describe'
import {refine, sbomPath} from './inputs'
import {ownPackage, readPlan, releaserOf} from './knowledge'
import {readSubject} from './read-subject'
import {packageOf} from './self'
import type {Subject} from './subject'

/** Writes the SBOMs of all files, or none when one of them cannot be described. */
export async function main(raw: InputsOf<typeof contract>, host: Host): Promise<OutputsOf<typeof contract>> {
  const inputs = await refine(raw, host)
  const time = await sourceDate(host, raw.sourceDate)
  const plan = await readPlan(host, raw.plan)
  const strict = plan?.settings.strict === true
  const options = raw.toolMirror === undefined ? {} : {mirror: raw.toolMirror}
  const syft = await ensureTool('syft', {host, options})
  host.info(`syft ${syft.version} (${syft.source}): ${syft.path}`)
  const described = await inParallel(inputs.files, {
    // syft keeps one processor busy.
    width: availableParallelism(),
    work: file =>
      ofFile(basename(file), async () => {
        const origin = await originOf(host, await readSubject(host, file, inputs.version), plan)
        return {file, sboms: await describe(host, {...origin, syft, formats: inputs.formats, time, strict})}
      }),
    tell: ({file, sboms: {components}}) => host.info(`${basename(file)}: ${components} components`),
  })
  tellIncomplete(host, described, strict)
  const paths: string[] = []
  for (const {file, sboms} of described) {
    for (const {format, text} of sboms.documents) {
      const path = sbomPath(inputs, file, format)
      await host.files.write(path, text)
      paths.push(path)
    }
  }
  const counts = described.map(({file, sboms}) => [basename(file), sboms.components] as const)
  await host.summary(summary(counts, paths))
  return {
    sboms: paths.join('\n'),
    components: JSON.stringify(Object.fromEntries(counts)),
    'syft-version': syft.version,
  }
}

/** The file, with the version that it has, where it comes from, and who releases it. */
async function originOf(
  host: Host,
  found: Subject,
  plan: Plan | undefined,
): Promise<Pick<Question, 'subject' | 'own' | 'self' | 'releaser'>> {
  const own = await ownPackage(host, found, plan)
  const self = await packageOf(found)
  const version = [found.version, own?.version, self?.version].find(each => each !== undefined && each !== '')
  const subject = version === undefined ? found : {...found, version}
  return {subject, own, self, releaser: releaserOf(host, plan)}
}

function tellIncomplete(
  host: Host,
  described: readonly {readonly file: string; readonly sboms: Described}[],
  strict: boolean,
): void {
  const said = described.flatMap(({file, sboms}) => sboms.incomplete.map(({reason}) => `${basename(file)}: ${reason}`))
  if (said.length > 0 && strict)
    throw new ActionError('SBOM', said.map(each => `- ${each}`).join('\n'), {hint: strictHint(said)})
  for (const each of said) host.warning(`${each}; its SBOM says that it is incomplete`)
}

function strictHint(said: readonly string[]): string {
  const empty = said.filter(each => each.endsWith(nothingRecognised))
  return [
    ...(empty.length === 0
      ? []
      : [
          'Leave files that hold no software out with `exclude`. Rust programs name their crates when they are built with ' +
            'cargo-auditable; Go programs must keep their build information.',
        ]),
    ...(empty.length === said.length ? [] : ['Use dependencies that can be resolved and that publish wheels.']),
    'Without `strict` in .github/mcp-release.yml this is a warning.',
  ].join(' ')
}

function summary(counts: readonly (readonly [string, number])[], paths: readonly string[]): string {
  const rows = counts.map(([name, count]) => [
    name,
    String(count),
    paths
      .map(path => basename(path))
      .filter(path => path.startsWith(`${name}.`))
      .join(' '),
  ])
  return `## SBOMs\n\n${markdownTable(['file', 'components', 'SBOMs'], rows)}\n`
}

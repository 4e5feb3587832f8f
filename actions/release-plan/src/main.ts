import {type Host, type InputsOf, type OutputsOf, pathInWorkspace, rejectProblems} from '@mcp-release/action-kit'
import {type Platform, formatJson, isPlatform, planSchema, verificationsOf} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import {copySources} from './copies'
import {gatherFacts} from './facts'
import {refine} from './inputs'
import {lines, matrix, summary} from './outputs'
import {plan as decide} from './plan'
import {readSettings} from './read-settings'
import {tagCommitProblems} from './tag-commit'

/** Decides the release and writes the plan. */
export async function main(inputs: InputsOf<typeof contract>, host: Host): Promise<OutputsOf<typeof contract>> {
  const problems: string[] = []
  const {file, settings} = await readSettings(host, inputs.workingDirectory, problems)
  const options = refine(inputs, {ref: host.env['GITHUB_REF'], file: settings, problems})
  if (file !== undefined) host.info(`Settings are those of ${file}`)
  host.info(`Looking for packages in ${inputs.workingDirectory}`)
  const path = await pathInWorkspace(host, {input: 'output', path: inputs.output}, problems)
  const copies =
    inputs.copies === undefined
      ? undefined
      : await pathInWorkspace(host, {input: 'copies', path: inputs.copies}, problems)
  rejectProblems(problems)
  const facts = await gatherFacts(host, inputs.workingDirectory)
  const ref = inputs.tag ?? host.env['GITHUB_REF']
  rejectProblems(await tagCommitProblems(host, facts.root, {ref, commit: facts.commit}))
  // What is written is what every later step can read.
  const plan = planSchema.parse(decide(facts, {...options, ...machineOf(host)}))
  for (const line of lines(plan)) host.info(line)
  await host.group('Plan', () => {
    host.info(formatJson(plan))
    return Promise.resolve()
  })
  await host.files.write(path, formatJson(plan))
  const changelogCopy = copies === undefined ? '' : await copySources(host, plan, {root: facts.root, copies})
  await host.summary(summary(plan))
  for (const {level, subject, text, hint} of plan.findings)
    host[level](`${subject}: ${text}${hint === undefined ? '' : `\n${hint}`}`)
  for (const {subject, reason, hint} of plan.skipped)
    host.notice(`skipped ${subject}: ${reason}${hint === undefined ? '' : `. ${hint}`}`)
  return {
    plan: path,
    sha256: await host.files.sha256(path),
    commit: plan.commit ?? '',
    'verify-matrix': JSON.stringify({include: verificationsOf(plan)}),
    matrix: matrix(plan),
    name: plan.name,
    tag: plan.version.tag,
    version: plan.version.text,
    prerelease: String(plan.version.prerelease),
    'source-date': String(plan.sourceDate),
    bundles: String(plan.bundles.length > 0),
    'server-json': String(plan.artifacts.some(({kind}) => kind === 'server-json')),
    compatibility: String(plan.artifacts.some(({kind}) => kind === 'compatibility')),
    changelog: plan.changelog ?? '',
    'changelog-copy': changelogCopy,
    expected: plan.artifacts.map(({name}) => name).join('\n'),
  }
}

function machineOf({platform: {os, arch}}: Host): {readonly machine?: Platform} {
  const machine = `${os}/${arch}`
  return isPlatform(machine) ? {machine} : {}
}

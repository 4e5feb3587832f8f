import {type Host, type OutputsOf, pathInWorkspace, rejectProblems} from '@mcp-release/action-kit'
import {type Policy, githubReleases, patience} from '@mcp-release/github'
import type {contract} from './action.gen'
import {gatherFiles} from './asset-files'
import {type Inputs, type RawInputs, refine} from './inputs'
import {stillExpected} from './left-out'
import {gatherNotes} from './notes'
import {outputsOf, summaryOf} from './outputs'
import {rehearse} from './rehearsal'
import {run} from './run'
import type {Task} from './task'

/** Makes the release; `pace` is for tests that cannot wait. */
export async function main(
  raw: RawInputs,
  host: Host,
  pace: Partial<Policy> = {},
): Promise<OutputsOf<typeof contract>> {
  host.maskSecret(raw.token)
  const problems: string[] = []
  const inputs = refine(raw, host.env, problems)
  const task = await prepare({raw, inputs}, host, problems)
  rejectProblems(problems)
  host.info(`${task.files.length} files are checked and hashed`)
  const policy = {...patience, timeout: raw.timeout * 1000, ...pace}
  const scene = {releases: githubReleases(inputs, policy, line => host.warning(line)), host}
  const ending = raw.dryRun ? await rehearse(task, scene) : await run(task, scene)
  await host.summary(summaryOf(ending, task.tag, task.files))
  return outputsOf(ending, task.tag, task.files)
}

async function prepare(
  {raw, inputs}: {readonly raw: RawInputs; readonly inputs: Inputs},
  host: Host,
  problems: string[],
): Promise<Task> {
  const {tag, releaseId, target, commit, exclude, complete, prerelease, makeLatest} = inputs
  const {onUnmatched, onEmpty, draft, discussionCategory, expect, prune, checksums, concurrency} = raw
  const {appendBody, previousTag, body, bodyPath, changelog, onMissingSection} = raw
  const {onExistingAsset, onExistingRelease, onExtraAsset} = raw
  const folder = await pathInWorkspace(host, {input: 'working-directory', path: raw.workingDirectory}, problems)
  if ((await host.files.stat(await host.files.realPath(folder)))?.kind !== 'directory')
    problems.push(`working-directory: ${JSON.stringify(raw.workingDirectory)} is no folder`)
  const notes = await gatherNotes(host, {folder, body, bodyPath, changelog, onMissingSection, tag}, problems)
  const files = await gatherFiles(host, {folder, files: inputs.files, exclude, onUnmatched, onEmpty}, problems)
  return {
    ...{tag, releaseId, files, target, commit, complete, draft, makeLatest, prune, checksums, concurrency},
    expect: await stillExpected(host, expect, files),
    ...{onExistingAsset, onExistingRelease, onExtraAsset, appendBody, previousTag, discussionCategory},
    generateNotes: raw.generateNotes || notes.lacksSection,
    metadata: {name: raw.name, body: notes.text, prerelease},
  }
}

import type {NewDraft, Release, Releases} from '@mcp-release/github'
import {joinBlocks, startsWithBlocks} from './body-blocks'
import {cutNotes} from './notes'
import type {Task} from './task'

/** The draft to create for a task. */
export async function newDraft(task: Task, releases: Releases, tagged: string | undefined): Promise<NewDraft> {
  const target = tagged === undefined ? task.target : undefined
  const generated = task.generateNotes ? await generate(task, releases, target) : ''
  return {
    tag: task.tag,
    name: task.metadata.name ?? task.tag,
    body: cutNotes(joinBlocks(task.metadata.body ?? '', generated)),
    prerelease: task.metadata.prerelease ?? false,
    ...(target === undefined ? {} : {target}),
  }
}

/** The notes that an existing release shall have; `undefined` when they stay. */
export async function wantedBody(task: Task, releases: Releases, release: Release): Promise<string | undefined> {
  const {body} = task.metadata
  const given = body === undefined ? undefined : task.appendBody ? joinBlocks(release.body, body) : body
  if (!task.generateNotes) return given === undefined ? undefined : cutNotes(given)
  // Generated once: another run must not change what people may have edited.
  const kept = release.body.trim() !== '' && (given === undefined || startsWithBlocks(release.body, cutNotes(given)))
  return kept ? undefined : cutNotes(joinBlocks(given ?? release.body, await generate(task, releases)))
}

function generate(task: Task, releases: Releases, target?: string): Promise<string> {
  return releases.generateNotes({
    tag: task.tag,
    ...(task.previousTag === undefined ? {} : {previous: task.previousTag}),
    ...(target === undefined ? {} : {target}),
  })
}

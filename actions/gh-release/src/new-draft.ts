import {type NewDraft, type Release, type Releases, sameText} from '@mcp-release/github'
import {cutNotes, joinNotes} from './notes'
import type {Task} from './task'

/** The draft to create for a task. */
export async function newDraft(task: Task, releases: Releases, tagExists: boolean): Promise<NewDraft> {
  const target = tagExists ? undefined : task.target
  const generated = task.generateNotes ? await generate(task, releases, target) : ''
  return {
    tag: task.tag,
    name: task.metadata.name ?? task.tag,
    body: cutNotes(joinNotes(task.metadata.body ?? '', generated)),
    prerelease: task.metadata.prerelease ?? false,
    ...(target === undefined ? {} : {target}),
  }
}

/** The notes that an existing release shall have; `undefined` when they stay. */
export async function wantedBody(task: Task, releases: Releases, release: Release): Promise<string | undefined> {
  const {body} = task.metadata
  const given = body === undefined ? undefined : task.appendBody ? joinNotes(release.body, body) : body
  if (!task.generateNotes) return given === undefined ? undefined : cutNotes(given)
  // Generated once: another run must not change what people may have edited.
  const kept = release.body.trim() !== '' && (given === undefined || holds(release.body, cutNotes(given)))
  return kept ? undefined : cutNotes(joinNotes(given ?? release.body, await generate(task, releases)))
}

function holds(body: string, given: string): boolean {
  return sameText(body.replaceAll('\r\n', '\n').slice(0, given.trim().length), given)
}

function generate(task: Task, releases: Releases, target?: string): Promise<string> {
  return releases.generateNotes({
    tag: task.tag,
    ...(task.previousTag === undefined ? {} : {previous: task.previousTag}),
    ...(target === undefined ? {} : {target}),
  })
}

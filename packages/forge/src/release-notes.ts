import {newest} from './latest'
import type {Repository} from './model'
import {validationFailed} from './errors'

/** What the notes are asked for. */
export interface NotesRequest {
  readonly tag_name: string
  readonly previous_tag_name?: string
}

/**
 * The notes GitHub generates for a range without pull requests: the link to the whole changelog. The forge knows no
 * commits, so it lists none.
 */
export function generateNotes(
  repository: Repository,
  request: NotesRequest,
  web: string,
): {name: string; body: string} {
  const given = request.previous_tag_name
  if (given !== undefined && !repository.tags.has(given))
    throw validationFailed([{resource: 'Release', code: 'invalid', field: 'previous_tag_name'}])
  const published = [...repository.releases.values()].filter(one => !one.draft && one.tagName !== request.tag_name)
  const previous = given ?? newest(published)?.tagName
  const base = `${web}/${repository.owner}/${repository.name}`
  const range = previous === undefined ? `commits/${request.tag_name}` : `compare/${previous}...${request.tag_name}`
  return {name: request.tag_name, body: `**Full Changelog**: ${base}/${range}`}
}

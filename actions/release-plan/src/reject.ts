import {ActionError, InputError} from '@mcp-release/action-kit'
import type {Stop} from './manifests/verdict'

/** Throws one error with every problem, if there is any: with the code of the later step that they all would end, else `INPUT`. */
export function reject(problems: readonly string[], stops: readonly Stop[]): void {
  const all = [...problems, ...stops.map(({text}) => text)]
  const [code, ...others] = new Set(stops.map(each => each.code))
  if (all.length === 0) return
  if (problems.length > 0 || code === undefined || others.length > 0)
    throw new InputError(all.length === 1 ? all : all.map(text => text.replaceAll('\n', '\n  ')))
  const listed = all.map(text => `- ${text.replaceAll('\n', '\n  ')}`)
  throw new ActionError(code, (all.length === 1 ? all : listed).join('\n'))
}

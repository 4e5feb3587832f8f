import {printable} from './printable'
import {diffSchemas} from './schema-diff'
import type {Tool} from './tool'
import {sortedKeys, type ToolsFile} from './tools-file'

/** The least step of a version that says what has changed; `none`: nothing has. */
export type VersionStep = 'none' | 'patch' | 'minor' | 'major'

/** A tool that is not as it was. */
export interface ToolChange {
  readonly tool: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly step: Exclude<VersionStep, 'none'>
  /** What changed, one sentence each, safe in a log. */
  readonly details: readonly string[]
}

/** What has changed between two lists of tools, and the step that it asks for. */
export interface SurfaceDiff {
  readonly changes: readonly ToolChange[]
  readonly step: VersionStep
}

/** The server of an earlier release that a server of this one follows: of the same name, or the only one of each. */
export function predecessor(
  name: string,
  {previous, count}: {readonly previous: ToolsFile; readonly count: number},
): ToolsFile['servers'][number] | undefined {
  const {servers} = previous
  return servers.find(server => server.name === name) ?? (servers.length === 1 && count === 1 ? servers[0] : undefined)
}

/** Compares what two releases offer: a removed tool or a narrowed schema is breaking, an added tool is a feature. */
export function diffTools(before: readonly Tool[], after: readonly Tool[]): SurfaceDiff {
  const [old, now] = [byName(before), byName(after)]
  const names = [...new Set([...old.keys(), ...now.keys()])].sort()
  const changes = names.flatMap(name => {
    const [was, is] = [old.get(name), now.get(name)]
    if (was === undefined) return [{tool: name, kind: 'added' as const, step: 'minor' as const, details: []}]
    if (is === undefined) return [{tool: name, kind: 'removed' as const, step: 'major' as const, details: []}]
    return diffTool(was, is)
  })
  return {changes, step: greatest(changes.map(({step}) => step))}
}

/** The greatest of several steps. */
export function greatest(steps: readonly VersionStep[]): VersionStep {
  const ranks: readonly VersionStep[] = ['none', 'patch', 'minor', 'major']
  return ranks[Math.max(0, ...steps.map(step => ranks.indexOf(step)))] ?? 'none'
}

function diffTool(before: Tool, after: Tool): readonly ToolChange[] {
  const changes = [
    ...diffSchemas(before.inputSchema, after.inputSchema, 'input'),
    ...diffOutputs(before, after),
    ...(['title', 'description', 'annotations'] as const)
      .filter(key => JSON.stringify(sortedKeys(before[key])) !== JSON.stringify(sortedKeys(after[key])))
      .map(key => ({breaking: false, text: `the ${key} changed`, words: true})),
  ]
  if (changes.length === 0) return []
  const steps = changes.map(change => {
    if (change.breaking) return 'major'
    return 'words' in change || change.text.startsWith('the words of') ? 'patch' : 'minor'
  })
  const step = greatest(steps) as ToolChange['step']
  const details = changes.map(({breaking, text}) => printable(breaking ? `${text} (breaking)` : text, 300))
  return [{tool: before.name, kind: 'changed', step, details}]
}

function diffOutputs({outputSchema: before}: Tool, {outputSchema: after}: Tool) {
  if (before !== undefined && after !== undefined) return diffSchemas(before, after, 'output')
  if (before !== undefined) return [{breaking: true, text: 'the outputSchema is gone'}]
  return after === undefined ? [] : [{breaking: false, text: 'the outputSchema is new'}]
}

function byName(tools: readonly Tool[]): ReadonlyMap<string, Tool> {
  return new Map(tools.map(tool => [tool.name, tool]))
}

import {type Check, parseVersion} from '@mcp-release/release-model'
import {printable} from './printable'
import {type VersionStep, diffTools, predecessor} from './surface-diff'
import type {ToolSurface, ToolsFile} from './tools-file'

/** Whether the version says that something was broken. Before 1.0.0 the second number may say it. */
export function compatibilityCheck(
  {server, tools}: ToolSurface,
  {
    version,
    previous,
    breakingChange = 'warning',
  }: {readonly version?: string; readonly previous?: ToolsFile; readonly breakingChange?: 'warning' | 'error'},
): Check {
  const name = 'tools-compatible'
  if (previous === undefined) return {name, status: 'skipped', detail: 'no earlier tools were given'}
  const before = predecessor(server?.name ?? '', {previous, count: 1})
  if (before === undefined) return {name, status: 'skipped', detail: 'the earlier release has no such server'}
  const {changes, step} = diffTools(before.tools, tools)
  const taken = stepBetween(before.version, version ?? server?.version ?? '')
  if (step !== 'major' || taken === 'major') {
    const words = step === 'none' ? `nothing changed since ${before.version}` : `asks for a ${step} version`
    return {name, status: 'ok', detail: words}
  }
  const broken = changes
    .filter(change => change.step === 'major')
    .map(({tool, kind, details}) => {
      const reasons = details.filter(detail => detail.endsWith('(breaking)')).join(', ')
      return `${printable(tool)} ${kind}${reasons === '' ? '' : `: ${reasons}`}`
    })
  const release = taken === undefined ? 'versions cannot be compared' : `${taken} version`
  const detail = `breaking since ${before.version}, in a ${release}: ${broken.slice(0, 10).join('; ')}`
  return {
    name,
    status: breakingChange === 'error' ? 'failed' : 'warning',
    detail: detail.replace('in a versions', 'and'),
  }
}

/** Which number of the version went up; `major` also for the second one before 1.0.0. `undefined`: not known. */
export function stepBetween(before: string, after: string): VersionStep | undefined {
  const [old, now] = [numbers(before), numbers(after)]
  if (old === undefined || now === undefined) return undefined
  if (now[0] !== old[0]) return 'major'
  if (now[1] !== old[1]) return now[0] === 0 ? 'major' : 'minor'
  return now[2] === old[2] ? 'none' : 'patch'
}

function numbers(version: string): readonly [number, number, number] | undefined {
  const semver = parseVersion(version)?.semver
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)/.exec(semver ?? '') ?? []
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)]
}

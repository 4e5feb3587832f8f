import {markerHolds} from './python-marker'
import {pythonProjectName} from '@mcp-release/release-model'

/** A dependency as a wheel states it. */
export interface Requirement {
  /** In the normal form of PEP 503. */
  readonly name: string
  /** PEP 440; empty when every version will do. */
  readonly range: string
  readonly marker?: string
}

/** Reads one `Requires-Dist` (PEP 508); `undefined` for what names no range of a registry, such as a URL. */
export function parseRequirement(text: string): Requirement | undefined {
  const form = /^([a-z0-9](?:[\w.-]*[a-z0-9])?)\s*(?:\[[^\]]*\])?\s*(?:\(([^)]*)\)|([^;@]*))(?:;(.*))?$/i
  const [, name, inBrackets, bare = '', marker] = form.exec(text.trim()) ?? []
  if (name === undefined) return undefined
  return {
    name: pythonProjectName(name),
    range: (inBrackets ?? bare).trim(),
    ...(marker === undefined ? {} : {marker: marker.trim()}),
  }
}

/** The range of one dependency in an interpreter's environment: all statements that hold there together; `undefined` when none does. */
export function rangeOf(
  requirements: readonly Requirement[],
  name: string,
  environment: Readonly<Record<string, string>>,
): string | undefined {
  const holding = requirements.filter(
    each => each.name === name && (each.marker === undefined || markerHolds(each.marker, environment)),
  )
  if (holding.length === 0) return undefined
  return holding
    .map(({range}) => range)
    .filter(range => range !== '')
    .join(',')
}

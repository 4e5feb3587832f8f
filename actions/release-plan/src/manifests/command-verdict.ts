import type {NoChoice} from '@mcp-release/package-rules'
import {type Verdict, merged, ruled} from './verdict'

/** Whether somebody who knows only the name of a package starts its server. */
export function commandVerdict(
  chosen: string | NoChoice,
  {file, certain}: {readonly file: string; readonly certain: boolean},
): Verdict {
  if (typeof chosen === 'string') return merged([])
  const {problem, hint} = chosen
  const ruling = {level: 'error', text: problem, ...(hint === undefined ? {} : {hint})} as const
  return ruled([ruling], {file, code: 'VERIFY', certain})
}

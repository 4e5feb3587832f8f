import {InputError} from './errors'
import {askGit} from './git'
import type {Host} from './host'

/**
 * Seconds since 1970 that built files carry as their time: the input, else `SOURCE_DATE_EPOCH`
 * (https://reproducible-builds.org/specs/source-date-epoch/), else the time of the checked-out commit.
 */
export async function sourceDate(host: Host, given: number | undefined, directory = host.workspace): Promise<number> {
  if (given !== undefined) return given
  const variable = host.env['SOURCE_DATE_EPOCH']?.trim()
  if (variable !== undefined && variable !== '') return readSeconds('SOURCE_DATE_EPOCH', variable)
  const answer = await askGit(host, directory, ['log', '-1', '--format=%ct'])
  if (answer !== undefined) return readSeconds('git log', answer.trim())
  throw new InputError(
    [`source-date: not given, SOURCE_DATE_EPOCH is not set, and ${JSON.stringify(directory)} is no git checkout`],
    {
      hint: 'Give source-date, or check the repository out with actions/checkout first.',
    },
  )
}

function readSeconds(from: string, text: string): number {
  if (/^\d{1,11}$/.test(text)) return Number(text)
  throw new InputError([`source-date: ${from} gives ${JSON.stringify(text)}, which is no number of seconds since 1970`])
}

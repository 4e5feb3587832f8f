import {setTimeout as sleep} from 'node:timers/promises'
import {ActionError, type Host} from '@mcp-release/action-kit'
import type {ServerJson, ServerPackage} from '@mcp-release/server-json'
import {checkVisibility} from './check-visibility'

const interval = {first: 2_000, longest: 20_000}

/**
 * Waits until everybody can see each package, at most so long. What stays invisible is a warning, since the registry has
 * the last word; what can never be accepted, such as a private image, is an error with code `NOT_PUBLIC`.
 */
export async function awaitPackages(
  host: Host,
  server: ServerJson,
  {visibility}: {readonly visibility: number},
): Promise<void> {
  const deadline = Date.now() + visibility
  const found = await Promise.all((server.packages ?? []).map(each => awaitOne(host, {each, server, deadline})))
  for (const {text} of found.filter(each => each.isVisible)) host.info(text)
  const impossible = found.filter(each => each.isFinal).map(({text}) => text)
  if (impossible.length > 0) {
    throw new ActionError('NOT_PUBLIC', impossible.map(each => `- ${each}`).join('\n'), {
      hint: 'Nothing was sent to the registry.',
    })
  }
  for (const {text} of found.filter(each => !each.isVisible))
    host.warning(`${text}; the registry is asked all the same`)
}

interface Found {
  readonly isVisible: boolean
  readonly isFinal: boolean
  readonly text: string
}

async function awaitOne(
  host: Host,
  {each, server, deadline}: {readonly each: ServerPackage; readonly server: ServerJson; readonly deadline: number},
): Promise<Found> {
  const label = `${each.registryType} ${each.identifier}${each.version === undefined ? '' : ` ${each.version}`}`
  for (let pause = interval.first, told = false; ; pause = Math.min(pause * 1.5, interval.longest)) {
    const visibility = await checkVisibility(host, each, server.name)
    if (visibility.isVisible)
      return {isVisible: true, isFinal: false, text: `${label}: ${visibility.note ?? 'is public'}`}
    const text = `${label}: ${visibility.reason}`
    const rest = deadline - Date.now()
    if (visibility.isFinal === true || rest <= 0) return {isVisible: false, isFinal: visibility.isFinal === true, text}
    if (!told) host.info(`${text}; waiting until it is public, at most ${Math.ceil(rest / 1000)} s`)
    told = true
    await sleep(Math.min(pause, rest))
  }
}

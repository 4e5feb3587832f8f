import {join} from 'node:path'
import {ActionError, type Host} from '@mcp-release/action-kit'
import {ownSources} from '@mcp-release/mcpb/locks'
import {textIfThere} from '@mcp-release/release-model'
import type {Wheel} from './wheel'

/** Refuses a bundle whose requirements the project takes from elsewhere than the package index. Throws an `ActionError` (`BUNDLE`). */
export async function refuseOwnSources(host: Host, directory: string, wheel: Wheel): Promise<void> {
  const own = ownSources(await textIfThere(host, join(directory, 'pyproject.toml')), wheel.requirements)
  if (own !== undefined) throw new ActionError('BUNDLE', `${wheel.file}: ${own.text}`, {hint: own.hint})
}

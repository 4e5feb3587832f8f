import {markdownTable} from '@mcp-release/action-kit'
import type {StatusChange} from '@mcp-release/mcp-registry'
import type {ServerJson} from '@mcp-release/server-json'

/** What a run came to. */
export interface Result {
  readonly state: 'published' | 'unchanged' | 'status-changed' | 'dry-run'
  readonly name: string
  readonly version: string
  readonly url: string
  /** Of the stamped server.json. */
  readonly path: string
  readonly server?: ServerJson
}

const words = {
  published: 'is published',
  unchanged: 'was there already',
  'status-changed': 'has a new status',
  'dry-run': 'would be published',
} as const

/** The job summary: the version, and where a user gets it. */
export function summary({state, name, version, url, server}: Result, status: StatusChange | undefined): string {
  const title = state === 'dry-run' && status !== undefined ? 'would get a new status' : words[state]
  const packages = (server?.packages ?? []).map(each => [
    each.registryType,
    `\`${each.identifier}\``,
    each.version ?? '',
    each.transport.type,
  ])
  const remotes = (server?.remotes ?? []).map(each => ['remote', `\`${each.url}\``, '', each.type])
  const rows = [...packages, ...remotes]
  const message = status?.message === undefined ? '' : `: ${status.message.replaceAll('<', '&lt;')}`
  return [
    `### MCP Registry: ${name} ${version} ${title}`,
    '',
    ...(status === undefined ? [] : [`Status **${status.status}**${message}`, '']),
    ...(rows.length === 0 ? [] : [markdownTable(['kind', 'identifier', 'version', 'transport'], rows)]),
    `<${url}>`,
    '',
  ].join('\n')
}

import type {Finding} from '@mcp-release/action-kit'
import type {Facts} from './facts'
import type {Pair, Request} from './inputs'

/** The label by which the MCP Registry knows the owner of an image. */
export const serverLabel = 'io.modelcontextprotocol.server.name'

const oci = 'org.opencontainers.image.'

/** What is written on the image. */
export interface Labels {
  /** Into the configuration of each platform's image. */
  readonly labels: readonly Pair[]
  /** On the index and the manifests, where registries look for them. */
  readonly annotations: readonly Pair[]
  readonly findings: readonly Finding[]
}

/**
 * Labels from what is known. The input `labels` wins over all; a label of the Containerfile wins over a description found
 * elsewhere, but not over the facts of this build: version, revision, time, name of the server.
 */
export function labelsOf(request: Request, facts: Facts): Labels {
  const own = request.content.labels
  const described = descriptions(facts).filter(([name]) => !own.has(name))
  const ours = new Map([...described, ...buildFacts(request, facts), ...request.labels])
  const written = [...own].filter((each): each is [string, string] => each[1] !== undefined && isKnown(each[0]))
  return {
    labels: sorted(ours),
    annotations: sorted(new Map([...written, ...ours])),
    findings: nameFindings(request, facts),
  }
}

function descriptions({server, source, license}: Facts): readonly Pair[] {
  const pairs: readonly (readonly [string, string | undefined])[] = [
    [`${oci}title`, server?.title ?? server?.name.split('/').at(-1)],
    [`${oci}description`, server?.description],
    [`${oci}source`, source],
    [`${oci}licenses`, license],
  ]
  return pairs.filter((pair): pair is Pair => pair[1] !== undefined)
}

function buildFacts({version}: Request, {revision, time, server}: Facts): readonly Pair[] {
  const pairs: readonly (readonly [string, string | undefined])[] = [
    [`${oci}version`, version?.text],
    [`${oci}revision`, revision],
    [`${oci}created`, isoTime(time)],
    [serverLabel, server?.name],
  ]
  return pairs.filter((pair): pair is Pair => pair[1] !== undefined)
}

function nameFindings({labels, content}: Request, {server}: Facts): readonly Finding[] {
  if (server === undefined) return []
  const given = labels.find(([name]) => name === serverLabel)?.[1]
  if (given !== undefined && given !== server.name) {
    const text = `labels: ${serverLabel} is ${JSON.stringify(given)}, but server.json says ${JSON.stringify(server.name)}; the MCP Registry will refuse the image`
    return [{level: 'warning', text}]
  }
  const written = content.labels.get(serverLabel)
  if (written === undefined || written === server.name) return []
  const text = `Containerfile: its label ${serverLabel} is ${JSON.stringify(written)}; the image gets ${JSON.stringify(server.name)} of server.json, as the MCP Registry demands`
  return [{level: 'warning', text}]
}

/** `2026-01-02T03:04:05Z`. */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}

function isKnown(name: string): boolean {
  return name.startsWith(oci) || name === serverLabel
}

function sorted(pairs: ReadonlyMap<string, string>): readonly Pair[] {
  return [...pairs].sort(([a], [b]) => (a < b ? -1 : 1))
}

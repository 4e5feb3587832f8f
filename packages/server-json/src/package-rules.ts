import {createHash} from 'node:crypto'
import {goUrl} from './go-url'
import {imageProblem} from './image-reference'
import type {Verdict} from './registry-rule'
import {templateRule} from './url-rules'

/** The kinds of packages that the MCP Registry lists. */
export const registryTypes = ['npm', 'pypi', 'cargo', 'nuget', 'oci', 'mcpb'] as const

interface Package {
  readonly registryType: string
  readonly registryBaseUrl?: string | undefined
  readonly identifier: string
  readonly version?: string | undefined
  readonly fileSha256?: string | undefined
  readonly transport: {readonly type: string; readonly url?: string | undefined}
  readonly runtimeArguments?: readonly Argument[] | undefined
  readonly packageArguments?: readonly Argument[] | undefined
  readonly environmentVariables?: readonly {readonly name: string}[] | undefined
}

interface Argument {
  readonly name?: string | undefined
  readonly valueHint?: string | undefined
}

// The only registry of each kind that the MCP Registry knows; it compares letter by letter
// (https://github.com/modelcontextprotocol/registry/blob/main/pkg/model/constants.go). By its SHA-256: which registry is called is for
// the clients of each ecosystem to say, and no address of one stands in this project.
const baseUrls: Readonly<Record<string, string>> = {
  npm: '036b43b16792c643378e95923ed2f4cc78e800de141b764aeea70d47580396df',
  pypi: 'b4c93a4591f5e6ddfc66b8a35a37ab125d5d352002bffbc5e9293a87fe06a8ca',
  cargo: '12243fa263c306445cfaf39d0f7420e2445524be8b9b882754f9e069fa350287',
  nuget: '670c1461c29885f9aa22c281d8b7da90845b38e4ae9265d9d62137bea582f46f',
}

/** Which fields a package of each kind has to have and must not have, as the registry's validators of packages ask. */
export function packageRule(each: Package): readonly Verdict[] {
  const {registryType: type, identifier, registryBaseUrl} = each
  const at = (key: string, says: string): Verdict => ({at: [key], says})
  const known = (registryTypes as readonly string[]).includes(type)
  if (!known) return [at('registryType', `${JSON.stringify(type)} is none of ${registryTypes.join(', ')}`)]
  const verdicts = identifier === '' ? [at('identifier', 'is empty')] : []
  if (identifier.includes(' ')) verdicts.push(at('identifier', 'must have no spaces'))
  if (type === 'oci') return [...verdicts, ...imageRule(each)]
  if (type === 'mcpb') return [...verdicts, ...bundleRule(each)]
  if (each.version === undefined) verdicts.push(at('version', 'is missing'))
  if (each.fileSha256 !== undefined) verdicts.push(at('fileSha256', 'is for mcpb packages only; remove it'))
  if (registryBaseUrl !== undefined && createHash('sha256').update(registryBaseUrl).digest('hex') !== baseUrls[type])
    verdicts.push(
      at(
        'registryBaseUrl',
        `is ${JSON.stringify(registryBaseUrl)}; the registry takes only the one address of ${type} that it knows, so remove it`,
      ),
    )
  return verdicts
}

function imageRule(each: Package): readonly Verdict[] {
  const says = 'an image has none; name it as registry/owner/image:version in identifier and remove this'
  const unwanted = (['registryBaseUrl', 'version', 'fileSha256'] as const).filter(key => each[key] !== undefined)
  const problem = each.identifier === '' ? undefined : imageProblem(each.identifier)
  return [
    ...unwanted.map(key => ({at: [key], says})),
    ...(problem === undefined ? [] : [{at: ['identifier'], says: problem}]),
  ]
}

// A release asset of GitHub or GitLab: the only places from which the registry accepts bundles.
const assets = {
  github: [/^\/[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,37}[a-zA-Z0-9])?\/[\w.-]+\/releases\/download\/[^/]+\/[^/]+$/],
  gitlab: [
    /^\/[\w.-]+(?:\/[\w.-]+)*\/-\/releases\/[^/]+\/downloads\/[^/]+$/,
    /^\/[\w.-]+(?:\/[\w.-]+)*\/-\/package_files\/\d+\/download$/,
  ],
} as const

function isAsset(identifier: string): boolean {
  const {scheme = '', host = '', path = ''} = goUrl(identifier) ?? {}
  const [, forge] = /^(?:www\.)?(github|gitlab)\.com$/i.exec(host) ?? []
  return (
    scheme === 'https' &&
    forge !== undefined &&
    assets[forge.toLowerCase() as keyof typeof assets].some(each => each.test(path))
  )
}

function bundleRule({identifier, registryBaseUrl, fileSha256}: Package): readonly Verdict[] {
  const at = (key: string, says: string): Verdict => ({at: [key], says})
  const verdicts: Verdict[] = []
  if (fileSha256 === undefined) verdicts.push(at('fileSha256', 'is missing; it is the sha256 of the .mcpb file'))
  if (registryBaseUrl !== undefined) verdicts.push(at('registryBaseUrl', 'a bundle has none; remove it'))
  if (!isAsset(identifier))
    verdicts.push(
      at('identifier', `${JSON.stringify(identifier)} is not a release asset of GitHub or GitLab over https`),
    )
  if (!identifier.toLowerCase().includes('mcp')) verdicts.push(at('identifier', 'must contain "mcp" somewhere'))
  return verdicts
}

/** The transport of a package: no URL for stdio; elsewhere one whose variables are names of the package's own settings. */
export function transportRule({transport, ...each}: Package): Verdict {
  const {type, url} = transport
  const at = ['transport', 'url']
  if (type === 'stdio') return url ? {at, says: 'must be absent for stdio'} : undefined
  const settings = [...(each.runtimeArguments ?? []), ...(each.packageArguments ?? [])]
  const names = settings.flatMap(({name, valueHint}) => [name, valueHint])
  const declared = [...(each.environmentVariables ?? []).map(({name}) => name), ...names]
  const says = templateRule(
    url ?? '',
    declared.filter((name): name is string => name !== undefined && name !== ''),
  )
  return typeof says === 'string' ? {at, says} : undefined
}

/** A named argument: its name holds no value, and its value does not repeat the name. */
export function namedArgumentRule(argument: {
  readonly name: string
  readonly value?: string | undefined
  readonly default?: string | undefined
}): readonly Verdict[] {
  const {name} = argument
  if (name === '') return [{at: ['name'], says: 'is empty; write the flag, such as --port'}]
  const verdicts: Verdict[] = []
  if (/[<> $]/.test(name))
    verdicts.push({at: ['name'], says: `${JSON.stringify(name)} is not a flag; put the value into value or valueHint`})
  for (const key of ['value', 'default'] as const)
    if (argument[key]?.startsWith(name) === true)
      verdicts.push({at: [key], says: `repeats the name ${name}; write the value alone`})
  return verdicts
}

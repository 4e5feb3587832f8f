import {z} from 'zod'
import {goJsonLength} from './go-json'
import {serverNameRule, titleRule, versionRule} from './name-rules'
import {namedArgumentRule, packageRule, transportRule} from './package-rules'
import {type Verdict, registryRule} from './registry-rule'
import {text, url} from './texts'
import {httpsRule, pageRule, remoteRule, repositoryRule, templateRule} from './url-rules'

/** The schema that this model follows, written after https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json. */
export const currentSchema = 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json'

/** Where publishers may keep their own data; the registry keeps nothing else of `_meta`. */
export const publisherProvided = 'io.modelcontextprotocol.registry/publisher-provided'

const input = {
  description: z.string().optional(),
  isRequired: z.boolean().optional(),
  format: z.enum(['string', 'number', 'boolean', 'filepath']).optional(),
  value: z.string().optional(),
  isSecret: z.boolean().optional(),
  default: z.string().optional(),
  placeholder: z.string().optional(),
  choices: z.array(z.string()).optional(),
}
const variables = z.record(z.string(), z.object(input)).optional()
const setting = z.object({name: z.string(), ...input, variables})
const headers = z.array(setting).optional()

// The registry keeps the members of either kind for both, and those of each transport for all.
const argument = {
  name: z.string().optional(),
  valueHint: z.string().optional(),
  isRepeated: z.boolean().optional(),
  ...input,
  variables,
}
const positional = z
  .object({
    type: z.literal('positional'),
    ...argument,
  })
  .refine(
    ({value, valueHint}) => value !== undefined || valueHint !== undefined,
    'a positional argument needs a value or a valueHint',
  )
const named = z.object({type: z.literal('named'), ...argument, name: z.string()}).check(registryRule(namedArgumentRule))
const commandLine = z.array(z.discriminatedUnion('type', [positional, named])).optional()

const transportUrl = z.string().regex(/^https?:\/\/[^\t\n\f\r ]+$/, 'is not an http or https URL')
const stdio = z.object({type: z.literal('stdio'), url: z.string().optional(), headers, variables})
const http = z.object({type: z.literal('streamable-http'), url: transportUrl, headers, variables})
const sse = z.object({type: z.literal('sse'), url: transportUrl, headers, variables})
const transport = z.discriminatedUnion('type', [stdio, http, sse])
const remote = z
  .discriminatedUnion('type', [http, sse])
  .check(
    registryRule(each => [
      below('url', remoteRule(each.url)),
      below('url', templateRule(each.url, Object.keys(each.variables ?? {}))),
    ]),
  )

const package_ = z
  .object({
    registryType: z.string(),
    registryBaseUrl: url().optional(),
    identifier: z.string(),
    version: text(1, 255)
      .refine(value => value !== 'latest', '"latest" is not a version')
      .check(registryRule(versionRule))
      .optional(),
    fileSha256: z
      .string()
      .regex(/^[a-f0-9]{64}$/, 'is not a sha256 in lower-case hex')
      .optional(),
    runtimeHint: z.string().optional(),
    transport,
    runtimeArguments: commandLine,
    packageArguments: commandLine,
    environmentVariables: z.array(setting).optional(),
  })
  .check(registryRule(packageRule, transportRule))

const icon = z.object({
  src: url(255).check(registryRule(httpsRule)),
  mimeType: z.enum(['image/png', 'image/jpeg', 'image/jpg', 'image/svg+xml', 'image/webp']).optional(),
  sizes: z.array(z.string().regex(/^(\d+x\d+|any)$/, 'is neither WIDTHxHEIGHT nor any')).optional(),
  theme: z.enum(['light', 'dark']).optional(),
})

const repository = z
  .object({url: url(), source: z.string(), id: z.string().optional(), subfolder: z.string().optional()})
  .check(registryRule(repositoryRule))

const meta = z.object({[publisherProvided]: z.record(z.string(), z.json()).optional()}).check(
  registryRule(each => {
    const bytes = goJsonLength(each[publisherProvided] ?? {})
    return bytes > 4096 ? {at: [publisherProvided], says: `has ${bytes} bytes, at most 4096 are allowed`} : undefined
  }),
)

/** server.json: the published schema and the rules of the MCP Registry in one, for what `asRead` has made of a document. */
export const serverJsonSchema = z.object({
  $schema: url().optional(),
  name: text(3, 200)
    .regex(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/, 'is not a name such as io.github.owner/server, with one slash')
    .check(registryRule(serverNameRule)),
  title: text(1, 100).check(registryRule(titleRule)).optional(),
  description: text(1, 100),
  repository: repository.optional(),
  websiteUrl: url().check(registryRule(httpsRule, pageRule)).optional(),
  version: text(0, 255).check(registryRule(versionRule, version => (version === '' ? 'is empty' : undefined))),
  icons: z.array(icon).optional(),
  packages: z.array(package_).optional(),
  remotes: z.array(remote).optional(),
  _meta: meta.optional(),
})

/** The description of an MCP server as the MCP Registry takes it. */
export type ServerJson = z.infer<typeof serverJsonSchema>
/** One way to get the server. */
export type ServerPackage = NonNullable<ServerJson['packages']>[number]

function below(key: string, verdict: Verdict): Verdict {
  return typeof verdict === 'string' ? {at: [key], says: verdict} : verdict
}

import {InputError} from '@mcp-release/action-kit/errors'
import {parseJson} from '@mcp-release/release-model'
import {z} from 'zod'

/** How the server of a bundle is run. */
export const serverTypes = ['node', 'python', 'binary', 'uv'] as const

/** How the server of a bundle is run. */
export type ServerType = (typeof serverTypes)[number]

/** The systems that a manifest can name, in the words of Node's `process.platform`. */
export const systems = ['darwin', 'win32', 'linux'] as const

/** A system that a manifest can name. */
export type System = (typeof systems)[number]

/** The versions of the manifest that are read and written. */
export const manifestVersions = ['0.1', '0.2', '0.3', '0.4'] as const

const text = z.string()
// As the official schemas take them: whatever can be parsed, also with a host in another script. Not by URL.canParse, which
// Node 20 answers wrongly for such hosts once it is compiled.
const url = text.refine(isUrl, 'is not a URL such as https://example.org')
const command = z.strictObject({
  command: text,
  args: z.array(text).optional(),
  env: z.record(text, text).optional(),
})
const config = command.extend({platform_overrides: z.record(text, command.partial()).optional()})
const option = z.strictObject({
  type: z.enum(['string', 'number', 'boolean', 'directory', 'file']),
  title: text,
  description: text,
  required: z.boolean().optional(),
  default: z.union([text, z.number(), z.boolean(), z.array(text)]).optional(),
  multiple: z.boolean().optional(),
  sensitive: z.boolean().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
})

const server = z.strictObject({type: z.enum(['node', 'python', 'binary']), entry_point: text, mcp_config: config})
const uvServer = z.strictObject({type: z.literal('uv'), entry_point: text, mcp_config: config.optional()})

// What all versions have; keys in the order in which a generated manifest has them.
const common = {
  $schema: text.optional(),
  name: text,
  display_name: text.optional(),
  version: text,
  description: text,
  long_description: text.optional(),
  author: z.strictObject({name: text, email: z.email().optional(), url: url.optional()}),
  repository: z.strictObject({type: text, url: url}).optional(),
  homepage: url.optional(),
  documentation: url.optional(),
  support: url.optional(),
  icon: text.optional(),
  screenshots: z.array(text).optional(),
  tools: z.array(z.strictObject({name: text, description: text.optional()})).optional(),
  tools_generated: z.boolean().optional(),
  prompts: z
    .array(
      z.strictObject({name: text, description: text.optional(), arguments: z.array(text).optional(), text: z.string()}),
    )
    .optional(),
  prompts_generated: z.boolean().optional(),
  keywords: z.array(text).optional(),
  license: text.optional(),
  privacy_policies: z.array(url).optional(),
  compatibility: z
    .strictObject({
      claude_desktop: text.optional(),
      platforms: z.array(z.enum(systems)).optional(),
      runtimes: z.strictObject({python: text.optional(), node: text.optional()}).optional(),
    })
    .optional(),
  user_config: z.record(text, option).optional(),
}
const since03 = {
  icons: z
    .array(
      z.strictObject({
        src: text,
        size: z.string().regex(/^\d+x\d+$/, 'is not WIDTHxHEIGHT such as 128x128'),
        theme: text.min(1).optional(),
      }),
    )
    .optional(),
  localization: z
    .strictObject({
      resources: z.string().regex(/\$\{locale\}/i, 'has no ${locale} in it'),
      default_locale: z.string().regex(/^[A-Za-z0-9]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'is not a BCP 47 locale'),
    })
    .optional(),
  _meta: z.record(text, z.record(text, z.unknown())).optional(),
}

const {privacy_policies: _, ...before02} = common
const schemas = {
  '0.1': z.strictObject({manifest_version: z.literal('0.1'), ...before02, server}),
  '0.2': z.strictObject({manifest_version: z.literal('0.2'), ...common, server}),
  '0.3': z.strictObject({manifest_version: z.literal('0.3'), ...common, ...since03, server}),
  '0.4': z.strictObject({
    manifest_version: z.literal('0.4'),
    ...common,
    ...since03,
    server: z.discriminatedUnion('type', [server, uvServer]),
  }),
} as const

/** A manifest of any version: what 0.4 allows, https://github.com/modelcontextprotocol/mcpb/blob/main/MANIFEST.md. */
export type BundleManifest = Omit<z.infer<(typeof schemas)['0.4']>, 'manifest_version'> & {
  readonly manifest_version: (typeof manifestVersions)[number]
}

/** How a client starts the server, before anything is substituted. */
export type McpConfig = z.infer<typeof config>

/** Something that the user of a bundle is asked for. */
export type UserOption = z.infer<typeof option>

/**
 * Reads a manifest by the rules of the version that it names, as `manifest_version` or by its old name `dxt_version`;
 * throws an `InputError` with every problem.
 */
export function parseManifest(file: string, content: string): BundleManifest {
  const {
    dxt_version: old,
    manifest_version: version = old,
    ...fields
  } = parseJson(z.looseObject({}), {file, text: content.replace(/^\uFEFF/, '')})
  if (old !== undefined && old !== version)
    throw new InputError([
      `${file}: dxt_version: ${JSON.stringify(old)} is another version than manifest_version ${JSON.stringify(version)}; remove dxt_version`,
    ])
  if (isVersion(version)) {
    const text = JSON.stringify({manifest_version: version, ...fields})
    return parseJson<z.ZodType<BundleManifest>>(schemas[version], {file, text})
  }
  const said = version === undefined ? 'is missing' : `${JSON.stringify(version)} is not known`
  throw new InputError([`${file}: manifest_version: ${said}; it is one of ${manifestVersions.join(', ')}`])
}

/** Whether a JSON text means to be the manifest of a bundle, and not that of a web page or a browser extension. */
export function isBundleManifest(content: string): boolean {
  try {
    const value: unknown = JSON.parse(content)
    return typeof value === 'object' && value !== null && ('server' in value || 'dxt_version' in value)
  } catch {
    return false
  }
}

function isUrl(given: string): boolean {
  try {
    return new URL(given).href !== ''
  } catch {
    return false
  }
}

function isVersion(value: unknown): value is (typeof manifestVersions)[number] {
  return (manifestVersions as readonly unknown[]).includes(value)
}

import {z} from 'zod'
import {platforms} from './platform'
import {sdkSelections} from './sdk-selection'

const lines = z.array(z.string().min(1))

/** How one server is started when it is verified. */
const serverSettings = z.strictObject({
  role: z
    .enum(['server', 'program'])
    .optional()
    .describe('`server`: must speak MCP. `program`: is only checked for --version or --help. Default: as detected.'),
  args: z
    .array(z.string())
    .optional()
    .describe(
      'Arguments. `${port}`, `${folder}` and `${file}` stand for a free port, an empty folder and an empty file.',
    ),
  env: z.record(z.string(), z.string()).optional().describe('Variables. Everybody can read them, so give no secrets.'),
  executable: z.string().optional().describe('The command to start when the package has several.'),
  transport: z.enum(['auto', 'stdio', 'http']).optional().describe('How it is spoken to. Default: as detected.'),
  'http-path': z.string().startsWith('/').optional().describe('Where its MCP endpoint is. Default: /mcp.'),
  network: z.enum(['off', 'on']).optional().describe('Whether it can reach a network. Default: off.'),
  timeout: z
    .int()
    .min(1)
    .max(3600)
    .optional()
    .describe('Seconds after which waiting for an answer is given up. Default: 60.'),
  unverified: z
    .enum(['refuse', 'allow'])
    .optional()
    .describe('What happens when it cannot start without a real account or device. Default: refuse.'),
})

/** How one package is built. */
const buildSettings = z.strictObject({
  ldflags: lines
    .optional()
    .describe(
      'Go: linker flags such as `-X main.version={{ .Version }}`; `{{ .Version }}`, `{{ .Tag }}`, `{{ .Commit }}` and `{{ .Date }}` are filled in.',
    ),
  tags: lines.optional().describe('Go: build tags.'),
  features: lines.optional().describe('Rust: features to enable.'),
  'default-features': z.boolean().optional().describe('Rust: `false` leaves the default features out. Default: true.'),
  targets: z
    .array(z.enum(platforms))
    .optional()
    .describe('Platforms of this package. Default: the `targets` of the file.'),
  containerfile: z.string().optional().describe('Image: the Containerfile or Dockerfile, relative to the repository.'),
  context: z
    .string()
    .optional()
    .describe(
      'Image: the folder that the build may read, relative to the repository. Default: the folder of the Containerfile.',
    ),
})

/**
 * The settings of a release, as `.github/mcp-release.yml` has them. A selector is the name, the folder, the command or
 * the id of a package, with `*` for any text.
 */
export const settingsSchema = z.strictObject({
  packages: lines.optional().describe('What is released, as selectors. Default: every package that the tag means.'),
  programs: lines
    .optional()
    .describe(
      'Which Go and Rust programs are released, as selectors. Default: the servers, and the programs that their users need.',
    ),
  exclude: lines.optional().describe('What is not released, as selectors.'),
  servers: z
    .record(z.string(), serverSettings)
    .optional()
    .describe(
      'How servers are started, by selector; `*` holds for all, and the most exact selector wins field by field.',
    ),
  builds: z.record(z.string(), buildSettings).optional().describe('How packages are built, by selector.'),
  targets: z
    .array(z.enum(platforms))
    .optional()
    .describe('Platforms of Go and Rust binaries, as os/arch. Default: linux, darwin and windows on amd64 and arm64.'),
  image: z
    .enum(['auto', 'never'])
    .optional()
    .describe('`auto` builds an image for each package with a Containerfile or Dockerfile. Default: auto.'),
  'image-platforms': z
    .array(z.enum(platforms))
    .optional()
    .describe('Platforms of images. Default: linux/amd64, linux/arm64.'),
  bundles: z
    .enum(['auto', 'never'])
    .optional()
    .describe('`auto` makes an MCP bundle (.mcpb) of each server. Default: auto.'),
  unverified: z
    .enum(['refuse', 'allow'])
    .optional()
    .describe('What happens when a server cannot start without a real account or device. Default: refuse.'),
  strict: z.boolean().optional().describe('`true`: what would be skipped with a reason is an error. Default: false.'),
  changelog: z
    .enum(['auto', 'required', 'never'])
    .optional()
    .describe(
      '`required`: CHANGELOG.md must have a section for the version. `auto`: it is used where it has one, else the notes are generated. Default: auto.',
    ),
  'python-versions': lines.optional().describe('Versions of Python with which each wheel is tried.'),
  'node-versions': lines.optional().describe('Versions of Node.js with which each npm package is tried.'),
  'sdk-versions': z
    .array(z.enum(sdkSelections))
    .optional()
    .describe('Versions of the MCP SDK with which each package is tried.'),
  incompatible: z
    .enum(['warning', 'error'])
    .optional()
    .describe('What it means when a combination that the metadata allows does not work. Default: error.'),
})

/** The settings of a release, each absent where nobody said anything. */
export type ReleaseSettings = z.infer<typeof settingsSchema>
/** How one server is started when it is verified. */
export type ServerSettings = z.infer<typeof serverSettings>
/** How one package is built. */
export type BuildSettings = z.infer<typeof buildSettings>

/** What a selector is compared with. */
export interface Selectable {
  readonly id?: string
  readonly name: string
  readonly path: string
  readonly executables?: readonly string[]
  /** Go: the folder of the program, relative to its module, such as `./cmd/server`. */
  readonly main?: string
}

/** Whether a selector means a package: by id, name, folder, command, or the folder of a program. */
export function selects(selector: string, each: Selectable): boolean {
  const program = each.main?.startsWith('./') === true ? each.main.slice(2) : each.main
  const place =
    program === undefined || program === '.' ? each.path : each.path === '.' ? program : `${each.path}/${program}`
  const names = [each.id, each.name, each.path, place, ...(each.executables ?? [])]
  const pattern = new RegExp(
    `^${selector.replace(/^\.\//, '').replace(/\/$/, '').split('*').map(literal).join('.*')}$`,
    'i',
  )
  return names.some(name => name !== undefined && pattern.test(name))
}

/** What several selectors say of one package: the most exact one wins, field by field. */
export function settingsOf<T extends object>(
  by: Readonly<Record<string, T>> | undefined,
  each: Selectable,
): Partial<T> {
  const found = Object.entries(by ?? {}).filter(([selector]) => selects(selector, each))
  const exactness = (selector: string) => selector.replaceAll('*', '').length + (selector.includes('*') ? 0 : 1000)
  found.sort(([one], [other]) => exactness(one) - exactness(other))
  return Object.assign({}, ...found.map(([, settings]) => settings)) as Partial<T>
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

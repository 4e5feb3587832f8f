import {z} from 'zod'
import {defaultPlatforms, platforms} from './platform'
import {sdkSelections} from './sdk-selection'
import {defaultVerifyOn} from './verify-on'

/** The platforms of images unless somebody says otherwise. */
export const defaultImagePlatforms = ['linux/amd64', 'linux/arm64'] as const

const lines = z.array(z.string().min(1)).min(1)
const selector = z.string().min(1)
/** What an environment calls a variable (POSIX.1-2017, 8.1). */
const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/)

/** What docs/settings.md and the published schema say of a field: its meaning, and what holds when it is absent. */
function field(description: string, absent?: {readonly default: unknown} | string) {
  const words = typeof absent === 'string' ? `${description} Default: ${absent}.` : description
  return {description: words, ...(typeof absent === 'object' ? absent : {})}
}

/** How one server is started when it is verified. */
const serverSettings = z.strictObject({
  role: z
    .enum(['server', 'program'])
    .optional()
    .meta(field('`server`: must speak MCP. `program`: is only checked for --version or --help.', 'as detected')),
  args: z
    .array(z.string())
    .optional()
    .meta(
      field(
        'Arguments, one each. `${port}`, `${folder}` and `${file}` stand for a free port, an empty folder and an empty file.',
        'as detected',
      ),
    ),
  env: z
    .record(variable, z.string())
    .optional()
    .meta(field('Variables, by name. Everybody can read them, so give no secrets.', 'as detected')),
  executable: z
    .string()
    .min(1)
    .optional()
    .meta(
      field(
        'The command to start when the package has several.',
        'the one that `npx NAME` or `uvx NAME` starts, or that the README names; elsewhere the one that is named like the package, else the first',
      ),
    ),
  transport: z
    .enum(['auto', 'stdio', 'http'])
    .optional()
    .meta(field('How it is spoken to; `auto`: as detected.', {default: 'auto'})),
  'http-path': z
    .string()
    .regex(/^\//, 'does not begin with /')
    .optional()
    .meta(field('Where its MCP endpoint is when it speaks HTTP.', {default: '/mcp'})),
  network: z
    .enum(['off', 'on'])
    .optional()
    .meta(field('Whether it can reach a network while it is verified.', {default: 'off'})),
  timeout: z
    .int()
    .min(1)
    .max(3600)
    .optional()
    .meta(field('Seconds after which waiting for an answer is given up.', {default: 60})),
  unverified: z
    .enum(['refuse', 'allow'])
    .optional()
    .meta(
      field(
        'What happens when it cannot start without a real account or device.',
        'the `unverified` of the whole file',
      ),
    ),
})

/** How one package is built. */
const buildSettings = z.strictObject({
  ldflags: lines
    .optional()
    .meta(
      field(
        'Go: linker flags such as `-X main.version={{ .Version }}`; `{{ .Version }}`, `{{ .Tag }}`, `{{ .Commit }}` and `{{ .Date }}` are filled in.',
        'as detected',
      ),
    ),
  tags: lines.optional().meta(field('Go: build tags.', 'none')),
  features: lines.optional().meta(field('Rust: features to enable.', 'none but the default ones')),
  'default-features': z
    .boolean()
    .optional()
    .meta(field('Rust: `false` leaves the default features out.', {default: true})),
  targets: z
    .array(z.enum(platforms))
    .min(1)
    .optional()
    .meta(field('Platforms of this package.', 'the `targets` of the whole file')),
  containerfile: z
    .string()
    .min(1)
    .optional()
    .meta(field('Image: the Containerfile or Dockerfile, relative to the repository.', 'as detected')),
  context: z
    .string()
    .min(1)
    .optional()
    .meta(
      field(
        'Image: the folder that the build may read, relative to the repository.',
        'the folder of the Containerfile',
      ),
    ),
})

/**
 * The settings of a release, as `.github/mcp-release.yml` has them. A selector is the name, the folder, the command or
 * the id of a package, with `*` for any text.
 */
export const settingsSchema = z.strictObject({
  packages: lines.optional().meta(field('What is released, as selectors.', 'every package that the tag means')),
  programs: lines
    .optional()
    .meta(
      field(
        'Which Go and Rust programs are released, as selectors.',
        'the servers, and the programs that their users need',
      ),
    ),
  exclude: z
    .array(z.string().min(1))
    .optional()
    .meta(field('What is not released, as selectors.', {default: []})),
  servers: z
    .record(selector, serverSettings)
    .optional()
    .meta(
      field(
        'How servers are started, by selector; `*` holds for all, and the most exact selector wins field by field.',
        'as detected',
      ),
    ),
  builds: z
    .record(selector, buildSettings)
    .optional()
    .meta(field('How packages are built, by selector; the most exact selector wins field by field.', 'as detected')),
  targets: z
    .array(z.enum(platforms))
    .min(1)
    .optional()
    .meta(field('Platforms of Go and Rust binaries, as os/arch.', {default: [...defaultPlatforms]})),
  image: z
    .enum(['auto', 'never'])
    .optional()
    .meta(field('`auto` builds an image for each package with a Containerfile or Dockerfile.', {default: 'auto'})),
  'image-platforms': z
    .array(z.enum(platforms))
    .min(1)
    .optional()
    .meta(field('Platforms of images.', {default: [...defaultImagePlatforms]})),
  bundles: z
    .enum(['auto', 'never'])
    .optional()
    .meta(field('`auto` makes an MCP bundle (.mcpb) of each server.', {default: 'auto'})),
  'verify-on': z
    .array(z.enum(defaultPlatforms))
    .min(1)
    .optional()
    .meta(
      field(
        'Platforms on which the release workflow starts what it built, each on a runner of its own; those that no file is made for are passed over.',
        {default: [...defaultVerifyOn]},
      ),
    ),
  unverified: z
    .enum(['refuse', 'allow'])
    .optional()
    .meta(
      field(
        'What happens when a server cannot start without a real account or device, or was skipped on every platform.',
        {default: 'refuse'},
      ),
    ),
  isolation: z
    .enum(['required', 'preferred'])
    .optional()
    .meta(
      field(
        'What it means when started servers cannot be isolated: `required` starts none and fails, `preferred` only warns.',
        '`required` for runners on Linux, `preferred` elsewhere',
      ),
    ),
  strict: z
    .boolean()
    .optional()
    .meta(field('`true`: what would be left out with a reason is an error.', {default: false})),
  changelog: z
    .enum(['auto', 'required', 'never'])
    .optional()
    .meta(
      field(
        '`required`: CHANGELOG.md must have a section for the version. `auto`: the section is used where there is one, else the notes are generated. `never`: they always are.',
        {default: 'auto'},
      ),
    ),
  'python-versions': lines
    .optional()
    .meta(field('Versions of Python with which each wheel is tried, in quotes: "3.10".', 'none are tried')),
  'node-versions': lines
    .optional()
    .meta(field('Versions of Node.js with which each npm package is tried, in quotes: "22".', 'none are tried')),
  'sdk-versions': z
    .array(z.enum(sdkSelections))
    .min(1)
    .optional()
    .meta(
      field(
        'Versions of the MCP SDK with which each package is tried.',
        'none are tried; with `python-versions` or `node-versions` all but `latest`',
      ),
    ),
  incompatible: z
    .enum(['warning', 'error'])
    .optional()
    .meta(field('What it means when a combination that the metadata allows does not work.', {default: 'error'})),
})

/** The settings of a release, each absent where nobody said anything. */
export type ReleaseSettings = z.infer<typeof settingsSchema>
/** How one server is started when it is verified. */
export type ServerSettings = z.infer<typeof serverSettings>
/** How one package is built. */
export type BuildSettings = z.infer<typeof buildSettings>

import type {McpConfig} from './manifest-schema'

const programs = new Set(['npx', 'bunx', 'pnpx', 'uvx', 'dnx'])
const containers = new Set(['docker', 'podman', 'nerdctl'])
const shells = new Set(['sh', 'bash', 'zsh', 'cmd', 'powershell', 'pwsh', 'env'])

// The commands of package managers that fetch what they start.
const fetching: readonly RegExp[] = [
  /^npm (?:exec|x|i|install)\b/,
  /^(?:pnpm|yarn) dlx\b/,
  /^bun x\b/,
  /^uv tool run\b/,
  /^uv (?:.* )?run (?:.* )?--with(?:-requirements|-editable)?\b/,
  /^uv (?:.* )?(?:pip|tool) install\b/,
  /^pipx run\b/,
  /^(?:python|python3|py) -m (?:pip install|pipx run)\b/,
  /^deno (?:.* )?(?:npm|jsr|https?):/,
  /^go (?:run|install) \S+@/,
  /^cargo (?:install|binstall)\b/,
  /^dotnet tool\b/,
]

/**
 * The command with which a manifest fetches its server from a registry at each start, such as `npx -y demo`; `undefined`
 * when all that it starts lies in the bundle. What such a bundle runs is not what was built and verified.
 */
export function registryCommand({command, args = [], platform_overrides: overrides}: McpConfig): string | undefined {
  const own = Object.values(overrides ?? {}).map(each => [each.command ?? command, ...(each.args ?? args)])
  return [[command, ...args], ...own].map(fetchOf).find(each => each !== undefined)
}

function fetchOf([program = '', ...args]: readonly string[]): string | undefined {
  const name = plainName(program)
  const line = [name, ...args].join(' ')
  if (programs.has(name) || fetching.some(rule => rule.test(line))) return line
  if (containers.has(name) && args.some(each => ['run', 'compose'].includes(each))) return line
  // `cmd /c npx -y demo`, `sh -c "exec npx demo"`, `env KEY=1 npx demo`.
  if (!shells.has(name)) return undefined
  const commands = args.join(' ').split(/[;&|\n]+/)
  return commands.some(each => fetchOf(withoutPreamble(each)) !== undefined) ? line : undefined
}

// Options of the shell, assignments, `exec`.
function withoutPreamble(command: string): readonly string[] {
  const words = command.split(/[\s"']+/)
  const at = words.findIndex(each => !/^(?:[-/]\w+|-\S*|\w+=.*|exec|)$/.test(each))
  return at < 0 ? [] : words.slice(at)
}

function plainName(program: string): string {
  return program
    .replace(/^.*[/\\]/, '')
    .replace(/\.(?:exe|cmd|bat|ps1)$/i, '')
    .toLowerCase()
}

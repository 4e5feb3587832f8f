import type {McpConfig, System} from './manifest-schema'
import type {UserValue} from './user-config'

/** The variables besides `${user_config.…}` that clients replace. */
export const variables = ['__dirname', 'HOME', 'DESKTOP', 'DOCUMENTS', 'DOWNLOADS', 'pathSeparator', '/'] as const

/** Where a bundle is installed, and for whom. */
export interface Installation {
  readonly system: System
  /** Absolute path of the unpacked bundle. */
  readonly folder: string
  /** Absolute path of the user's home. */
  readonly home: string
  readonly userConfig: Readonly<Record<string, UserValue>>
}

/** A command as a client starts it. */
export interface ClientCommand {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** The configuration that holds on a system: each of command, args and env replaced as a whole by the system's own. */
export function configOn(config: McpConfig, system: System): ClientCommand {
  const {platform_overrides: overrides, ...base} = config
  const own = overrides !== undefined && Object.hasOwn(overrides, system) ? overrides[system] : undefined
  return {
    // An empty command is none, https://github.com/modelcontextprotocol/mcpb/blob/main/src/shared/config.ts
    command: own?.command === undefined || own.command === '' ? base.command : own.command,
    args: own?.args ?? base.args ?? [],
    env: own?.env ?? base.env ?? {},
  }
}

/**
 * The command that a client starts, by the rules of https://github.com/modelcontextprotocol/mcpb/blob/main/MANIFEST.md:
 * an argument that is only an option with several values becomes several arguments; what is not known stays as it is.
 */
export function resolveConfig(config: McpConfig, place: Installation): ClientCommand {
  const {command, args, env} = configOn(config, place.system)
  const values = valuesOf(place)
  const single = (given: string) => given.replace(/\$\{([^}]+)\}/g, (all, name: string) => joined(values, name) ?? all)
  return {
    command: single(command),
    args: args.flatMap(arg => {
      const [, option = ''] = /^\$\{(user_config\.[^}]+)\}$/.exec(arg) ?? []
      const value = values.get(option)
      return Array.isArray(value) ? value : [single(arg)]
    }),
    env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, single(value)])),
  }
}

function valuesOf({system, folder, home, userConfig}: Installation): ReadonlyMap<string, string | string[]> {
  const separator = system === 'win32' ? '\\' : '/'
  const below = (name: string) => `${home}${separator}${name}`
  const fixed = new Map([
    ['__dirname', folder],
    ['HOME', home],
    ['DESKTOP', below('Desktop')],
    ['DOCUMENTS', below('Documents')],
    ['DOWNLOADS', below('Downloads')],
    ['pathSeparator', separator],
    ['/', separator],
  ])
  // A default may itself name one of the folders.
  const plain = (value: unknown) =>
    String(value).replace(/\$\{([^}]+)\}/g, (all, name: string) => fixed.get(name) ?? all)
  const options = Object.entries(userConfig).map(([name, value]): [string, string | string[]] => [
    `user_config.${name}`,
    typeof value === 'object' ? value.map(plain) : plain(value),
  ])
  return new Map<string, string | string[]>([...fixed, ...options])
}

// A list has no meaning inside of a text; clients leave the variable there.
function joined(values: ReadonlyMap<string, string | string[]>, name: string): string | undefined {
  const value = values.get(name)
  return Array.isArray(value) ? undefined : value
}

/** The names of all variables in a text: `a ${HOME} ${user_config.key}` → `['HOME', 'user_config.key']`. */
export function variablesIn(given: string): readonly string[] {
  return [...given.matchAll(/\$\{([^}]*)\}/g)].map(([, name = '']) => name)
}

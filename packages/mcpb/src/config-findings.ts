import type {Finding} from '@mcp-release/action-kit'
import type {Bundle} from './bundle'
import {claimedSystems} from './claimed-systems'
import type {McpConfig, System} from './manifest-schema'
import {configOn, variables, variablesIn} from './substitution'

/** Variables that no client replaces, options that nobody declared or uses, and secrets where others can see them. */
export function configFindings(bundle: Bundle): readonly Finding[] {
  const {user_config: options = {}, server} = bundle.manifest
  const {mcp_config: config} = server
  const said = `${bundle.name}: manifest.json`
  const uses = config === undefined ? [] : claimedSystems(bundle).map(system => usesOn(config, system))
  const used = new Set(uses.flatMap(each => [...each.used]))
  const visible = new Set(uses.flatMap(each => [...each.visible]))
  return [
    ...[...used].flatMap((variable): Finding[] => unknownVariable(variable, options, said)),
    ...Object.entries(options).flatMap(([key, option]): Finding[] => [
      ...unusedOption(key, uses, said),
      ...(option.sensitive === true && visible.has(`user_config.${key}`)
        ? [
            warning(
              `${said}: user_config.${key} is sensitive, but an argument, which every program can see; hand it over in env`,
            ),
          ]
        : []),
      ...(option.sensitive === true && option.default !== undefined && option.default !== ''
        ? [error(`${said}: user_config.${key} is sensitive and has a default, which everybody can read`)]
        : []),
    ]),
  ]
}

/** The variables in a configuration as it holds on a system. */
interface Uses {
  readonly system: System
  readonly used: ReadonlySet<string>
  /** In arguments. */
  readonly visible: ReadonlySet<string>
}

function usesOn(config: McpConfig, system: System): Uses {
  const {command, args, env} = configOn(config, system)
  const visible = [command, ...args].flatMap(variablesIn)
  return {system, visible: new Set(visible), used: new Set([...visible, ...Object.values(env).flatMap(variablesIn)])}
}

function unusedOption(key: string, uses: readonly Uses[], said: string): readonly Finding[] {
  const without = uses.filter(({used}) => !used.has(`user_config.${key}`)).map(({system}) => system)
  if (without.length === 0) return []
  if (without.length === uses.length)
    return [warning(`${said}: user_config.${key} is asked for, but mcp_config does not use it`)]
  return [
    warning(
      `${said}: user_config.${key} is asked for, but not used on ${without.join(' and ')}, where platform_overrides takes the place of all arguments or variables`,
    ),
  ]
}

function unknownVariable(variable: string, options: object, said: string): Finding[] {
  if ((variables as readonly string[]).includes(variable)) return []
  if (!variable.startsWith('user_config.'))
    return [
      error(
        `${said}: no client replaces \${${variable}}; it may be one of ${variables.join(', ')} or user_config.NAME`,
      ),
    ]
  const key = variable.slice('user_config.'.length)
  return Object.hasOwn(options, key) ? [] : [error(`${said}: \${${variable}} is used, but user_config has no ${key}`)]
}

const error = (text: string): Finding => ({level: 'error', text})
const warning = (text: string): Finding => ({level: 'warning', text})

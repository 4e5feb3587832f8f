import type {Finding} from '@mcp-release/action-kit'
import type {Bundle} from './bundle'
import {variables, variablesIn} from './substitution'

/** Variables that no client replaces, options that nobody declared or uses, and secrets where others can see them. */
export function configFindings({name, manifest}: Bundle): readonly Finding[] {
  const {user_config: options = {}, server} = manifest
  const config = server.mcp_config
  const all = config === undefined ? [] : [config, ...Object.values(config.platform_overrides ?? {})]
  const args = all.flatMap(each => [each.command ?? '', ...(each.args ?? [])])
  const used = new Set([...args, ...all.flatMap(each => Object.values(each.env ?? {}))].flatMap(variablesIn))
  const visible = new Set(args.flatMap(variablesIn))
  const said = `${name}: manifest.json`
  return [
    ...[...used].flatMap((variable): Finding[] => unknownVariable(variable, options, said)),
    ...Object.entries(options).flatMap(([key, option]): Finding[] => [
      ...(used.has(`user_config.${key}`) || config === undefined
        ? []
        : [warning(`${said}: user_config.${key} is asked for, but mcp_config does not use it`)]),
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

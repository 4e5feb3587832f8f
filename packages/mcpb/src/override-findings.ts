import type {Finding} from '@mcp-release/action-kit'
import type {Bundle} from './bundle'
import {claimedSystems} from './claimed-systems'
import {fileOfArgument} from './inner-path'
import {type McpConfig, systems} from './manifest-schema'

/**
 * What a system loses by its own part of `platform_overrides`: clients take its command, its arguments and its variables each
 * in place of all others, https://github.com/modelcontextprotocol/mcpb/blob/main/src/shared/config.ts
 */
export function overrideFindings(bundle: Bundle): readonly Finding[] {
  const {mcp_config: config} = bundle.manifest.server
  const overrides = config?.platform_overrides
  if (config === undefined || overrides === undefined) return []
  const said = `${bundle.name}: manifest.json: mcp_config.platform_overrides`
  const known: readonly string[] = systems
  const unknown = Object.keys(overrides).filter(name => !known.includes(name))
  return [
    ...unknown.map(name =>
      warning(`${said}: no client looks for ${JSON.stringify(name)}; it is ${systems.join(', ')}`),
    ),
    ...claimedSystems(bundle).flatMap(system => {
      const own = overrides[system] ?? {}
      return [
        ...lostProgram(bundle, {config, own}, `${said}.${system}`),
        ...lostVariables(config, own, `${said}.${system}`),
      ]
    }),
  ]
}

type Override = NonNullable<McpConfig['platform_overrides']>[string]

const runtimes = ['node', 'python', 'python3']
const codeFlags = ['-m', '-c', '-e', '--eval', '-p', '--print']

function lostProgram(
  bundle: Bundle,
  {config, own}: {readonly config: McpConfig; readonly own: Override},
  said: string,
): readonly Finding[] {
  const command = own.command === undefined || own.command === '' ? config.command : own.command
  const [main] = (config.args ?? []).filter(arg => fileOfArgument(bundle, arg) !== undefined)
  const starts = (own.args ?? []).some(arg => codeFlags.includes(arg) || fileOfArgument(bundle, arg) !== undefined)
  if (own.args === undefined || main === undefined || starts || !runtimes.includes(command)) return []
  return [
    {
      level: 'error',
      text: `${said}.args takes the place of all arguments, and names no file of the bundle: ${command} is not given ${JSON.stringify(main)}; repeat it there`,
    },
  ]
}

function lostVariables({env = {}}: McpConfig, own: Override, said: string): readonly Finding[] {
  const lost = Object.keys(env).filter(name => own.env !== undefined && !Object.hasOwn(own.env, name))
  return lost.length === 0
    ? []
    : [warning(`${said}.env takes the place of all variables, so that ${lost.join(', ')} is not set there; repeat it`)]
}

function warning(text: string): Finding {
  return {level: 'warning', text}
}

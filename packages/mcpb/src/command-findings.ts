import type {Finding} from '@mcp-release/action-kit'
import {executableFormat} from '@mcp-release/mcp'
import {isBuiltFor} from '@mcp-release/release-model'
import type {Bundle} from './bundle'
import {claimedSystems} from './claimed-systems'
import {findFile, innerPath} from './inner-path'
import type {System} from './manifest-schema'
import {type ClientCommand, configOn} from './substitution'

const error = (text: string): Finding => ({level: 'error', text})
const warning = (text: string): Finding => ({level: 'warning', text})

// What clients bring or users of the type have; everything else has to be installed first.
const runtimes: Readonly<Record<string, readonly string[]>> = {
  node: ['node'],
  python: ['python', 'python3', 'uv'],
  uv: ['uv'],
  binary: [],
}

/** Whether the command of a bundle is there on each system that it says it runs on, and is made for that system. */
export function commandFindings(bundle: Bundle): readonly Finding[] {
  const {server} = bundle.manifest
  const {mcp_config: config} = server
  if (config === undefined) return []
  const claimed = claimedSystems(bundle)
  const found = claimed.flatMap(system => onSystem(bundle, system, configOn(config, system)))
  // The same words for several systems are said once.
  return [...new Map(found.map(finding => [finding.text, finding])).values()]
}

function onSystem(bundle: Bundle, system: System, {command, args}: ClientCommand): readonly Finding[] {
  return [...programFindings(bundle, system, command), ...args.flatMap(arg => argumentFindings(bundle, system, arg))]
}

function programFindings(bundle: Bundle, system: System, command: string): readonly Finding[] {
  const {type} = bundle.manifest.server
  const said = `${bundle.name}: manifest.json: mcp_config.command: ${JSON.stringify(command)}`
  const inner = innerPath(command)
  if (inner === undefined) {
    if (/^\/|^[A-Za-z]:|\\/.test(command))
      return [error(`${said} is a path of one machine; begin it with \${__dirname}/`)]
    if (type === 'binary')
      return [error(`${said} is not a file of the bundle; it is "\${__dirname}/" and the path of the executable`)]
    if (runtimes[type]?.includes(command) === true) return []
    if (command === 'npx' || command === 'uvx')
      return [warning(`${said} fetches the server when it starts; what users run is then not what was verified`)]
    return [warning(`${said} has to be installed by the user first`)]
  }
  const file = findFile(bundle, inner) ?? (system === 'win32' ? findFile(bundle, `${inner}.exe`) : undefined)
  if (file === undefined) return [error(`${said} is not in the bundle${system === 'win32' ? ' on Windows' : ''}`)]
  const relative = command.startsWith('${__dirname}')
    ? []
    : [warning(`${said} is a relative path, which not every client understands; begin it with \${__dirname}/`)]
  return [...relative, ...formatFindings(bundle, system, {said, file})]
}

function formatFindings(
  {platform}: Bundle,
  system: System,
  {said, file}: {readonly said: string; readonly file: Bundle['files'][number]},
): readonly Finding[] {
  const format = executableFormat(file.content.subarray(0, 4096))
  if (format === undefined)
    return Buffer.from(file.content.subarray(0, 2)).toString('latin1') === '#!' && system !== 'win32'
      ? []
      : [error(`${said} is not an executable of ${system}`)]
  const built = format.platforms.join(', ')
  if (platform !== undefined)
    return isBuiltFor(platform, format.platforms)
      ? []
      : [error(`${said} is made for ${built}, the bundle for ${platform}`)]
  const wanted = system === 'win32' ? 'windows/' : `${system}/`
  if (format.platforms.some(each => each.startsWith(wanted))) return []
  return [
    error(
      `${said} is made for ${built}, but the manifest says that the bundle runs on ${system}; name the systems in compatibility.platforms`,
    ),
  ]
}

const code = /\.(?:[cm]?js|[cm]?ts|py|jar|exe|sh)$/

function argumentFindings(bundle: Bundle, system: System, arg: string): readonly Finding[] {
  if (!arg.startsWith('${__dirname}')) return []
  const inner = innerPath(arg) ?? ''
  const prefix = `${inner}/`
  if (inner === '' || findFile(bundle, inner) !== undefined || bundle.files.some(({name}) => name.startsWith(prefix)))
    return []
  const text = `${bundle.name}: manifest.json: mcp_config.args: ${JSON.stringify(arg)} is not in the bundle`
  return [code.test(inner) ? error(text) : warning(`${text}; that is right only if the server makes it`)]
}

import type {Finding} from '@mcp-release/action-kit'
import {parseVersion, secretFiles} from '@mcp-release/release-model'
import type {Bundle} from './bundle'
import {commandFindings} from './command-findings'
import {configFindings} from './config-findings'
import {iconFindings} from './icon'
import {nativeFindings} from './native-findings'
import {overrideFindings} from './override-findings'

/** Everything that is wrong or odd about a bundle, all at once. */
export function bundleFindings(bundle: Bundle): readonly Finding[] {
  const contents = new Map(bundle.files.map(({name, content}) => [name, content]))
  return [
    ...identityFindings(bundle),
    ...entryFindings(bundle),
    ...commandFindings(bundle),
    ...configFindings(bundle),
    ...overrideFindings(bundle),
    ...iconFindings(bundle.manifest, contents).map(each => ({...each, text: `${bundle.name}: ${each.text}`})),
    ...nativeFindings(bundle),
    ...secretFindings(bundle),
  ]
}

function identityFindings({name, manifest}: Bundle): readonly Finding[] {
  const shown = {name: manifest.name, description: manifest.description, 'author.name': manifest.author.name}
  const empty = Object.entries(shown).flatMap(([field, text]): Finding[] =>
    text.trim() === '' ? [{level: 'warning', text: `${name}: manifest.json: ${field}: is empty; clients show it`}] : [],
  )
  return [...empty, ...versionFindings({name, manifest})]
}

function versionFindings({name, manifest}: Pick<Bundle, 'name' | 'manifest'>): readonly Finding[] {
  return parseVersion(manifest.version)?.text === manifest.version
    ? []
    : [
        error(
          `${name}: manifest.json: version: ${JSON.stringify(manifest.version)} is not a SemVer version such as 1.2.3`,
        ),
      ]
}

function entryFindings({name, manifest, files}: Bundle): readonly Finding[] {
  const {type, entry_point: entry} = manifest.server
  const names = new Set(files.map(file => file.name))
  const said = `${name}: manifest.json: server.entry_point: ${JSON.stringify(entry)}`
  const findings: Finding[] = []
  const plain = entry.replace(/^(?:\$\{__dirname\}\/|\.\/)/, '')
  if (plain !== entry && entry.includes('${'))
    findings.push(error(`${said} has a variable in it; give the path inside of the bundle`))
  else if (!names.has(plain) && !(type === 'binary' && names.has(`${plain}.exe`)))
    findings.push(error(`${said} is not in the bundle`))
  if (type === 'uv') findings.push(...uvFindings(name, names))
  if (type === 'node') findings.push(...dependencyFindings(name, files))
  return findings
}

// https://github.com/modelcontextprotocol/mcpb/blob/main/MANIFEST.md, "UV Runtime"
function uvFindings(name: string, names: ReadonlySet<string>): readonly Finding[] {
  const vendored = [...names].find(file => /^(?:server\/(?:lib|venv)|\.venv|venv)\//.test(file))
  return [
    ...(names.has('pyproject.toml')
      ? []
      : [error(`${name}: has no pyproject.toml, from which uv takes the dependencies`)]),
    ...(vendored === undefined
      ? []
      : [error(`${name}: holds ${vendored}; a bundle of type uv has no dependencies inside, uv installs them`)]),
  ]
}

function dependencyFindings(name: string, files: Bundle['files']): readonly Finding[] {
  const manifest = files.find(file => file.name === 'package.json')
  const names = new Set(files.map(file => file.name))
  const missing = Object.keys(dependenciesOf(manifest?.content)).filter(
    each => !names.has(`node_modules/${each}/package.json`),
  )
  if (missing.length === 0) return []
  const list = missing.slice(0, 5).join(', ')
  return [
    {
      level: 'warning',
      text: `${name}: package.json has dependencies that are not in node_modules: ${list}; the server starts only if its code holds them already`,
    },
  ]
}

function dependenciesOf(content: Uint8Array | undefined): object {
  try {
    const {dependencies} = JSON.parse(Buffer.from(content ?? []).toString()) as {dependencies?: unknown}
    return typeof dependencies === 'object' && dependencies !== null ? dependencies : {}
  } catch {
    return {}
  }
}

function secretFindings({name, files}: Bundle): readonly Finding[] {
  return secretFiles(files).map(each => ({
    // Packages come with keys for their own tests and examples.
    level: each.amongTests || each.name.includes('node_modules/') ? 'warning' : 'error',
    text: `${name}: ${each.name} ${each.reason}${each.amongTests ? '' : '\nLeave it out by .mcpbignore, and change what it protects if it was ever published.'}`,
  }))
}

const error = (text: string): Finding => ({level: 'error', text})

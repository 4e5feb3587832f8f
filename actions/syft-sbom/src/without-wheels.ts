import {join} from 'node:path'
import {ActionError, type Host} from '@mcp-release/action-kit'
import {zip} from '@mcp-release/archives'
import {pythonProjectName} from '@mcp-release/release-model'
import type {Incomplete} from './knowledge'

/** How many dependencies may lack wheels before the SBOM names the package alone. */
const limit = 12

// The newest of the versions on standard input that a requirement (PEP 508) allows, chosen by pip's own library.
const chooser = `
import json, sys
from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.version import Version, InvalidVersion
asked = json.load(sys.stdin)
requirement = Requirement(asked["requirement"])
found = []
for text in asked["versions"]:
    try:
        found.append(Version(text))
    except InvalidVersion:
        pass
allowed = sorted(requirement.specifier.filter(found))
print(json.dumps({"name": requirement.name, "version": str(allowed[-1]) if allowed else None}))
`

/**
 * Runs an installation; a dependency for which there is no wheel is replaced by one that says its name and version alone,
 * because building it would run its code. Returns what is therefore not known.
 */
export async function installingStubs(
  host: Host,
  {python, folder}: {readonly python: string; readonly folder: string},
  install: (more: readonly string[]) => Promise<unknown>,
): Promise<readonly Incomplete[]> {
  const incomplete: Incomplete[] = []
  for (;;) {
    try {
      await install(incomplete.length === 0 ? [] : ['--find-links', folder])
      return incomplete
    } catch (error) {
      const requirement = missingWheel(error)
      if (requirement === undefined || incomplete.length >= limit) throw error
      const stub = await chooseVersion(host, python, requirement)
      if (stub === undefined || incomplete.some(({name}) => name === stub.name)) throw error
      await host.files.write(join(folder, `${plain(stub.name)}-${stub.version}-py3-none-any.whl`), stubWheel(stub))
      incomplete.push({
        name: stub.name,
        reason: `${stub.name} ${stub.version} has no wheel, so what it depends on is not known`,
      })
    }
  }
}

/** The requirement for which pip found no wheel; newer pips add who asks for it, as in `docopt>=1 (from demo)`. */
export function missingWheel(error: unknown): string | undefined {
  if (!(error instanceof ActionError)) return undefined
  const [, said] = /No matching distribution found for ([^\n]+)/.exec(error.message) ?? []
  return said?.replace(/ \(from [^()]*(?:\([^()]*\)[^()]*)*\)$/, '').trim()
}

interface Stub {
  readonly name: string
  readonly version: string
}

async function chooseVersion(host: Host, python: string, requirement: string): Promise<Stub | undefined> {
  const [name = ''] = /^[A-Za-z0-9][\w.-]*/.exec(requirement) ?? []
  if (name === '') return undefined
  const argv = [python, '-I', '-m', 'pip', 'index', 'versions', name, '--disable-pip-version-check']
  const listed = await host.exec(argv, {quiet: true, check: false, env: {PIP_NO_INPUT: '1'}})
  const [, versions = ''] = /^Available versions: (.+)$/m.exec(listed.stdout) ?? []
  if (versions === '') return undefined
  const input = JSON.stringify({requirement, versions: versions.split(',').map(each => each.trim())})
  const answer = await host.exec([python, '-I', '-c', chooser], {quiet: true, check: false, input})
  if (answer.exitCode !== 0) return undefined
  const chosen = JSON.parse(answer.stdout) as {readonly name: string; readonly version: string | null}
  // syft names components so too.
  return chosen.version === null ? undefined : {name: pythonProjectName(chosen.name), version: chosen.version}
}

function plain(name: string): string {
  return name.replaceAll('-', '_')
}

function stubWheel({name, version}: Stub): Uint8Array {
  const info = `${plain(name)}-${version}.dist-info`
  const file = (path: string, text: string) => ({
    name: `${info}/${path}`,
    mode: 0o644 as const,
    content: Buffer.from(text),
  })
  return zip(
    [
      file('METADATA', `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`),
      file('RECORD', `${info}/METADATA,,\n${info}/WHEEL,,\n${info}/RECORD,,\n`),
      file('WHEEL', 'Wheel-Version: 1.0\nGenerator: mcp-release\nRoot-Is-Purelib: true\nTag: py3-none-any\n'),
    ],
    {time: 315_532_800},
  )
}

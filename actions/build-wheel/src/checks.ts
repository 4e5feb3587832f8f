import {relative} from 'node:path'
import {type Finding, isBelow} from '@mcp-release/action-kit'
import {
  type BuildRequest,
  normalizedPythonName,
  normalizedPythonVersion,
  pureWheelName,
  sameVersion,
  sdistName,
  secretFiles,
} from '@mcp-release/release-model'
import {
  findingsOf,
  python2Ruling,
  serverNameRuling,
  unboundedSdks,
  withoutDescription,
  withoutLicense,
  workspaceRequirements,
} from '@mcp-release/package-rules'
import {checkLicenseFiles} from './license-files'
import type {Metadata} from './metadata'
import type {Project} from './project'
import {checkRecord} from './record'
import type {Distribution} from './run'
import type {Sdist} from './sdist'
import type {Wheel} from './wheel'

/** Against what the built files are checked. */
export interface Expectation {
  readonly request: BuildRequest
  readonly project: Project
}

/** Everything that is wrong or odd about a wheel and its sdist, all at once. */
export function checkDistribution(
  {wheel, sdist, findings = []}: Distribution,
  expected: Expectation,
): readonly Finding[] {
  return [
    ...checkWheelName(wheel),
    ...checkWheelTags(wheel, expected),
    ...checkSdistName(sdist, wheel),
    ...checkVersion(wheel, expected.request),
    ...checkRecord(wheel),
    ...checkDescription(wheel.file.name, wheel.metadata, expected.project),
    ...checkScripts(wheel, expected.project),
    ...checkDependencies(wheel, expected.project),
    ...[wheel, sdist].flatMap(each => [...checkLicenseFiles(each), ...checkContents(each, expected.request)]),
    ...findings,
  ]
}

const error = (text: string): Finding => ({level: 'error', text})
const warning = (text: string): Finding => ({level: 'warning', text})

function checkWheelName({file, parts, metadata, infoFolder}: Wheel): readonly Finding[] {
  if (parts === undefined) return [error(`${file.name}: is not a file name of a wheel`)]
  if (infoFolder === '') return [error(`${file.name}: has no METADATA`)]
  // hatchling 1.32 and newer keep `1.2.3-rc.1` in METADATA; file names have the normal form.
  const [name, version] = [normalizedPythonName(metadata.name), normalizedPythonVersion(metadata.version)]
  const wanted = `${name}-${version}`
  const remedy =
    'The build backend wrote another name than its own METADATA has; look for a newer one in [build-system] requires of pyproject.toml.'
  return [
    ...(`${parts.name}-${parts.version}` === wanted
      ? []
      : [error(`${file.name}: should begin with ${wanted}-, as its METADATA says\n${remedy}`)]),
    ...(infoFolder.toLowerCase() === `${wanted}.dist-info`.toLowerCase()
      ? []
      : [error(`${file.name}: holds ${infoFolder}, not ${wanted}.dist-info\n${remedy}`)]),
  ]
}

// Some backends say py2.py3 where requires-python is missing; a plan expects what the backend will write.
function checkWheelTags({file, parts, metadata}: Wheel, {request, project}: Expectation): readonly Finding[] {
  const {package: planned} = request
  const wanted = pureWheelName(metadata.name, normalizedPythonVersion(metadata.version), project.pythons)
  if (parts !== undefined && parts.platform !== 'any') return platformFindings(file.name, {wanted, planned})
  if (parts?.platform !== 'any' || !/-py2[.-]/.test(file.name)) return []
  if (planned !== undefined && file.name !== wanted) return findingsOf(`${file.name}:`, [python2Ruling(wanted)])
  return [warning(`${file.name}: says that it runs on Python 2\n${python2Ruling(wanted).hint ?? ''}`)]
}

// Neither PyPI nor a plan takes what is called after the one machine that built it.
function platformFindings(
  name: string,
  {wanted, planned}: {readonly wanted: string; readonly planned: string | undefined},
): readonly Finding[] {
  const said = `${name}: is made for one platform, because the package compiles code`
  const advice =
    'Build its wheels with cibuildwheel or maturin, one for each platform; in a release name the package under exclude in .github/mcp-release.yml.'
  if (planned !== undefined)
    return [error(`${said}; the release plan expects ${wanted}, which runs everywhere\n${advice}`)]
  // https://github.com/pypi/warehouse/blob/main/warehouse/forklift/legacy.py: of plain Linux, PyPI takes two tags.
  return /[-.]linux_(?!armv[67]l[-.])\w+[.-]/.test(name)
    ? [error(`${said}, and for this machine alone: PyPI takes only manylinux and musllinux wheels\n${advice}`)]
    : []
}

function checkSdistName({file, entries, folder, metadata}: Sdist, wheel: Wheel): readonly Finding[] {
  const wanted = sdistName(wheel.metadata.name, normalizedPythonVersion(wheel.metadata.version))
  const outside = entries.find(({name}) => !name.startsWith(`${folder}/`))
  const sources = ['pyproject.toml', 'setup.py'].some(name => entries.some(entry => entry.name === `${folder}/${name}`))
  const same =
    normalizedPythonName(metadata.name) === normalizedPythonName(wheel.metadata.name) &&
    sameVersion(metadata.version, wheel.metadata.version)
  return [
    ...(file.name === wanted
      ? []
      : [
          error(
            `${file.name}: should be named ${wanted} (PEP 625)\n` +
              'Raise the build backend in pyproject.toml; setuptools names it so from 69.3 on.',
          ),
        ]),
    ...(outside === undefined ? [] : [error(`${file.name}: ${outside.name} lies outside the folder ${folder}`)]),
    ...(sources ? [] : [error(`${file.name}: has neither pyproject.toml nor setup.py, so nobody can build it`)]),
    ...(same
      ? []
      : [error(`${file.name}: PKG-INFO says ${metadata.name} ${metadata.version}, not what the wheel says`)]),
  ]
}

function checkVersion({file, metadata}: Wheel, {version}: BuildRequest): readonly Finding[] {
  if (version === undefined || sameVersion(version.text, metadata.version)) return []
  return [
    error(
      `${file.name}: has version ${metadata.version}, but ${version.text} is to be released\n` +
        'Set the version in the sources of the package, or use the tag that belongs to it.',
    ),
  ]
}

function checkDescription(file: string, metadata: Metadata, {serverName}: Project): readonly Finding[] {
  const licensed = ['license-expression', 'license', 'license-file'].some(name => metadata.field(name).length > 0)
  const classified = metadata.field('classifier').some(each => each.startsWith('License ::'))
  const described = metadata.description.trim() !== '' && metadata.description.trim() !== 'UNKNOWN'
  return [
    ...findingsOf(`${file}:`, [
      ...(licensed || classified ? [] : [withoutLicense]),
      ...(described ? [] : [withoutDescription]),
      ...serverNameRuling(metadata.description, serverName),
    ]),
    ...(described && metadata.field('description-content-type').length === 0
      ? [
          warning(
            `${file}: does not say what its description is written in; name the readme as a file such as README.md`,
          ),
        ]
      : []),
  ]
}

function checkScripts({file, consoleScripts}: Wheel, {scripts}: Project): readonly Finding[] {
  const lost = scripts.filter(name => !consoleScripts.includes(name))
  if (lost.length > 0)
    return [
      error(`${file.name}: lost the commands ${lost.join(', ')} of pyproject.toml (no console_scripts of that name)`),
    ]
  if (consoleScripts.length > 0) return []
  return [
    warning(
      `${file.name}: has no command, so that uvx and pipx cannot run it; add [project.scripts] to pyproject.toml`,
    ),
  ]
}

function checkDependencies({file, metadata}: Wheel, {workspaceSources = []}: Project): readonly Finding[] {
  const requirements = metadata.field('requires-dist')
  const rulings = [...unboundedSdks(requirements), ...workspaceRequirements(requirements, workspaceSources)]
  return findingsOf(`${file.name}:`, rulings)
}

function checkContents(archive: Wheel | Sdist, {directory, output}: BuildRequest): readonly Finding[] {
  const file = archive.file.name
  const secrets = secretFiles(archive.entries).map(({name, reason, amongTests}) =>
    amongTests
      ? warning(`${file}: ${name} ${reason}; among tests that may be meant so`)
      : error(
          `${file}: ${name} ${reason}\nExclude it in pyproject.toml, and change what it protects if it was ever published.`,
        ),
  )
  const cached = archive.entries.filter(({name}) => /(?:^|\/)__pycache__\/|\.py[co]$/.test(name)).map(({name}) => name)
  const way = output === directory || !isBelow(directory, output) ? undefined : relative(directory, output)
  const inside = way?.replaceAll('\\', '/')
  const folder = 'folder' in archive ? `${archive.folder}/` : ''
  const earlier = archive.entries.find(({name}) => inside !== undefined && name.startsWith(`${folder}${inside}/`))
  return [
    ...secrets,
    ...(cached.length === 0
      ? []
      : [
          error(
            `${file}: holds compiled files: ${cached.slice(0, 5).join(', ')}\nExclude __pycache__ in pyproject.toml.`,
          ),
        ]),
    ...(earlier === undefined
      ? []
      : [
          error(
            `${file}: holds ${earlier.name} of an earlier build\nAdd ${inside ?? ''}/ to .gitignore, or remove it before building.`,
          ),
        ]),
  ]
}

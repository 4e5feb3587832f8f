import {join} from 'node:path'
import {ActionError, type Host} from '@mcp-release/action-kit'
import type {ArchiveFile} from '@mcp-release/archives'
import type {Platform} from '@mcp-release/release-model'
import {execResolver} from '@mcp-release/tools'
import {readFolder} from './folder'
import type {Wheel} from './wheel'

/** The interpreter whose pip installs. */
export interface Python {
  readonly program: string
  /** Such as `3.13`. */
  readonly version: string
}

/** The Python of this machine. */
export async function interpreter(host: Host): Promise<Python> {
  const program = host.platform.os === 'windows' ? 'python' : 'python3'
  const script = 'import sys; print(".".join(map(str, sys.version_info[:2])))'
  const {stdout} = await host.exec([program, '-I', '-c', script], {
    quiet: true,
    installHint: 'Bundles of type python need Python with pip; actions/setup-python has both.',
  })
  return {program, version: stdout.trim()}
}

/** What is installed, and for which platform. */
export interface Installation {
  readonly python: Python
  readonly wheel: Wheel
  /** Of the wheel. */
  readonly path: string
  readonly platform: Platform | undefined
  /** What the dependencies are held at. */
  readonly constraints: readonly string[]
}

/** A wheel and its dependencies as files, without anything compiled or built here. */
export async function installLibraries(host: Host, what: Installation): Promise<readonly ArchiveFile[]> {
  const {python, wheel, path, platform, constraints} = what
  const folder = await host.files.makeTemporary('mcpb-python')
  try {
    const argv = [
      python.program,
      '-I',
      '-m',
      'pip',
      'install',
      '--target',
      join(folder, 'lib'),
      '--only-binary',
      ':all:',
    ]
    const quiet = ['--no-compile', '--quiet', '--no-input', '--disable-pip-version-check', '--no-warn-script-location']
    const held = join(folder, 'constraints.txt')
    if (constraints.length > 0) await host.files.write(held, `${constraints.join('\n')}\n`)
    const locked = constraints.length > 0 ? ['--constraint', held] : []
    const wanted = wheel.extras === undefined ? path : `${path}[${wheel.extras.join()}]`
    const tags = platform === undefined ? [] : (platformTags[platform] ?? ['any']).flatMap(tag => ['--platform', tag])
    await host.group(
      `Install ${wheel.file} and its dependencies${platform === undefined ? '' : ` for ${platform}`}`,
      () =>
        execResolver(host, [...argv, ...quiet, ...locked, ...tags, wanted], {
          cwd: folder,
          env: {PIP_ROOT_USER_ACTION: 'ignore'},
        }).catch((error: unknown) => {
          throw explained(error, what)
        }),
    )
    const keeps = (name: string) =>
      !/^bin\/|(?:^|\/)__pycache__\/|^[^/]+\.dist-info\/(?:RECORD|INSTALLER|REQUESTED|direct_url\.json)$/.test(name)
    const files = await readFolder(host, join(folder, 'lib'), {keeps})
    return files.map(file => ({...file, mode: 0o644}))
  } finally {
    await host.files.remove(folder)
  }
}

// pip names the requirement that no wheel satisfies; what lies before is how it came there.
function explained(error: unknown, {wheel, platform, python}: Installation): unknown {
  if (!(error instanceof ActionError) || error.code !== 'TOOL') return error
  const missing = /No matching distribution found for (.+)/.exec(error.message)?.[1]?.trim()
  if (missing === undefined)
    return new ActionError('TOOL', error.message, {
      hint: `See that \`pip install --only-binary :all: ${wheel.file}\` works with Python ${python.version}.`,
    })
  const where = platform === undefined ? '' : ` for ${platform} and Python ${python.version}`
  return new ActionError(
    'BUNDLE',
    `${wheel.file}: there is no wheel of ${missing}${where}, and nothing is compiled here`,
    {
      hint: 'Use a dependency that publishes wheels, or a bundle of type uv, which installs on the machine of the user.',
    },
  )
}

// What wheels of a platform may be tagged with (PEP 600, PEP 425). macOS tags include all older ones.
const platformTags: Readonly<Partial<Record<Platform, readonly string[]>>> = {
  'linux/amd64': ['manylinux_2_28_x86_64', 'manylinux_2_17_x86_64', 'manylinux2014_x86_64'],
  'linux/arm64': ['manylinux_2_28_aarch64', 'manylinux_2_17_aarch64', 'manylinux2014_aarch64'],
  'darwin/amd64': ['macosx_12_0_x86_64'],
  'darwin/arm64': ['macosx_12_0_arm64'],
  'windows/amd64': ['win_amd64'],
  'windows/arm64': ['win_arm64'],
  'linux/386': ['manylinux_2_28_i686', 'manylinux_2_17_i686', 'manylinux2014_i686'],
  'linux/arm/v7': ['manylinux_2_31_armv7l', 'manylinux_2_17_armv7l'],
  'linux/riscv64': ['manylinux_2_39_riscv64'],
  'linux/ppc64le': ['manylinux_2_28_ppc64le', 'manylinux_2_17_ppc64le'],
  'linux/s390x': ['manylinux_2_28_s390x', 'manylinux_2_17_s390x'],
  'darwin/universal': ['macosx_12_0_universal2'],
  'windows/386': ['win32'],
}

import {join} from 'node:path'
import type {Host, HostPlatform} from '@mcp-release/action-kit'
import {execResolver} from '@mcp-release/tools'
import {type Incomplete, noPartialSbom} from './knowledge'
import type {Source} from './stage'
import type {Subject} from './subject'
import {installingStubs} from './without-wheels'

/** Installs a wheel with all its dependencies into a folder; pip runs no code of wheels. */
export async function stageWheel(host: Host, {path, name}: Subject, folder: string): Promise<Source> {
  const incomplete = await installWheels(host, folder, [...foreignTags(name, host.platform), path])
  return {location: `dir:${folder}`, base: folder, incomplete}
}

/**
 * Installs wheels and what they depend on into a folder that pip may make; no code of theirs runs. Returns of which
 * dependencies only name and version are known, because they have no wheels.
 */
export async function installWheels(
  host: Host,
  folder: string,
  wheels: readonly string[],
): Promise<readonly Incomplete[]> {
  const python = host.platform.os === 'windows' ? 'python' : 'python3'
  const pip = [python, '-I', '-m', 'pip', 'install', '--target', folder, '--only-binary', ':all:', '--no-compile']
  const options = {
    env: {PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_ROOT_USER_ACTION: 'ignore', PIP_NO_INPUT: '1'},
    quiet: true,
    hint: noPartialSbom,
    installHint: 'SBOMs of wheels need Python with pip; actions/setup-python has both.',
  }
  const install = (more: readonly string[]) =>
    execResolver(host, [...pip, '--progress-bar', 'off', ...more, ...wheels], options)
  const stubs = `${folder}.stubs`
  const incomplete = await installingStubs(host, {python, folder: stubs}, install)
  await host.files.remove(stubs)
  await removeInstallRecords(host, folder)
  return incomplete
}

/** The arguments with which pip installs a wheel that is made for another machine or another Python; none otherwise. */
export function foreignTags(name: string, platform: HostPlatform): readonly string[] {
  // PEP 427: name-version(-build)?-python-abi-platform.whl; tags may be several, joined by dots.
  const [python = '', abi = '', machines = ''] = name
    .replace(/\.whl$/, '')
    .split('-')
    .slice(-3)
  const [, major, minor] = /(?:^|\.)cp(\d)(\d+)/.exec(python) ?? []
  if (major === undefined && machines.split('.').some(tag => tag === 'any' || runsOn(tag, platform))) return []
  const version = major === undefined ? [] : ['--implementation', 'cp', '--python-version', `${major}.${minor ?? '0'}`]
  const abis = major === undefined ? [] : [...new Set([...abi.split('.'), 'abi3', 'none'])]
  return [
    ...machines.split('.').flatMap(tag => ['--platform', tag]),
    ...version,
    ...abis.flatMap(tag => ['--abi', tag]),
  ]
}

function runsOn(tag: string, {os, arch}: HostPlatform): boolean {
  if (os === 'windows') return tag === `win_${arch}`
  if (os === 'darwin') return tag.startsWith('macosx_') && tag.endsWith(arch === 'arm64' ? '_arm64' : '_x86_64')
  return /^(manylinux.*|linux)_/.test(tag) && tag.endsWith(arch === 'arm64' ? '_aarch64' : '_x86_64')
}

// What pip notes about this installation has paths of this machine in it, directly and as digests.
async function removeInstallRecords(host: Host, folder: string): Promise<void> {
  for (const name of (await host.files.list(folder)).filter(each => each.endsWith('.dist-info'))) {
    for (const record of ['RECORD', 'direct_url.json', 'INSTALLER', 'REQUESTED']) {
      await host.files.remove(join(folder, name, record))
    }
  }
}

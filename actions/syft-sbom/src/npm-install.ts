import {join} from 'node:path'
import {type Host, errorText} from '@mcp-release/action-kit'
import {jsonEntry, tarNames} from '@mcp-release/archives'
import {execResolver} from '@mcp-release/tools'
import {noPartialSbom} from './knowledge'
import type {Source} from './stage'
import type {Subject} from './subject'

/** Installs an npm package with all its dependencies into a folder; no script of theirs runs. */
export async function stageNpmPackage(host: Host, {path}: Subject, folder: string): Promise<Source> {
  const manifest = (await tarNames(path)).find(({name}) => /^[^/]+\/package\.json$/.test(name))
  const machine = machineArguments(manifest?.content === undefined ? '{}' : Buffer.from(manifest.content).toString())
  // Without a package.json of its own npm would install into a folder above.
  await host.files.write(join(folder, 'package.json'), '{"private": true}\n')
  const argv = [
    ...['npm', 'install', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund'],
    ...['--no-package-lock', '--no-save', '--loglevel=error', ...machine, path],
  ]
  const options = {
    cwd: folder,
    quiet: true,
    hint: noPartialSbom,
    installHint: 'SBOMs of npm packages need npm; actions/setup-node has it.',
  }
  try {
    await execResolver(host, argv, options)
  } catch (error) {
    // A component of a set is listed here though it runs elsewhere: npm before 9 knows no --os, and none knows every value.
    if (!/EBADPLATFORM|EBADENGINE/.test(errorText(error))) throw error
    await execResolver(host, [...argv, '--force'], options)
  }
  await host.files.remove(join(folder, 'package.json'))
  return {location: `dir:${folder}`, base: folder}
}

/** `--os`, `--cpu` and `--libc` for a package that is made for certain machines only. */
export function machineArguments(manifest: string): readonly string[] {
  const fields = jsonEntry('package.json', manifest)
  return ['os', 'cpu', 'libc'].flatMap(name => {
    const given = fields[name]
    const values: readonly unknown[] = Array.isArray(given) ? given : [given]
    const first = values.find(each => typeof each === 'string' && /^\w+$/.test(each))
    return typeof first === 'string' && first !== 'any' ? [`--${name}=${first}`] : []
  })
}

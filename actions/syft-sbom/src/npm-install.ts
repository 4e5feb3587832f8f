import {join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import {tarNames} from '@mcp-release/archives'
import type {Source} from './stage'
import type {Subject} from './subject'

/** Installs an npm package with all its dependencies into a folder; no script of theirs runs. */
export async function stageNpmPackage(host: Host, {path}: Subject, folder: string): Promise<Source> {
  const manifest = (await tarNames(path)).find(({name}) => /^[^/]+\/package\.json$/.test(name))
  const machine = machineArguments(manifest?.content === undefined ? '{}' : Buffer.from(manifest.content).toString())
  // Without a package.json of its own npm would install into a folder above.
  await host.files.write(join(folder, 'package.json'), '{"private": true}\n')
  await host.exec(
    [
      ...['npm', 'install', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund'],
      ...['--no-package-lock', '--no-save', '--loglevel=error', ...machine, path],
    ],
    {cwd: folder, quiet: true, installHint: 'SBOMs of npm packages need npm; actions/setup-node has it.'},
  )
  await host.files.remove(join(folder, 'package.json'))
  return {location: `dir:${folder}`, base: folder}
}

/** `--os`, `--cpu` and `--libc` for a package that is made for certain machines only. */
export function machineArguments(manifest: string): readonly string[] {
  const fields = JSON.parse(manifest) as Readonly<Record<string, unknown>>
  return ['os', 'cpu', 'libc'].flatMap(name => {
    const given = fields[name]
    const values: readonly unknown[] = Array.isArray(given) ? given : [given]
    const first = values.find(each => typeof each === 'string' && /^\w+$/.test(each))
    return typeof first === 'string' && first !== 'any' ? [`--${name}=${first}`] : []
  })
}

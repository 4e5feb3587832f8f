import {type ManagerName, chooseManager} from '@mcp-release/package-managers'
import {parseManifest} from '@mcp-release/package-rules'
import {type Project, missingEntries} from './project'

/** A project as tests describe one. */
export interface Sample {
  readonly fields: Readonly<Record<string, unknown>>
  readonly manager?: ManagerName
  /** Whether there is a lock file of the manager; at the root, the parent of the package's folder. Default: yes. */
  readonly locked?: boolean
  readonly files?: readonly string[]
  /** Other members of the workspace, by name. */
  readonly members?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly root?: Readonly<Record<string, unknown>>
  readonly serverName?: string
}

const lockNames = {npm: 'package-lock.json', pnpm: 'pnpm-lock.yaml', yarn: 'yarn.lock', bun: 'bun.lock'} as const

/** The project of a package in /w/a, whose workspace is /w. */
export function projectOf(sample: Sample): Project {
  const {manager = 'npm', locked = true, members = {}} = sample
  const manifest = parseManifest('package.json', JSON.stringify(sample.fields))
  const others = Object.entries(members).map(([name, fields]) => ({folder: `/w/${name}`, fields: {name, ...fields}}))
  const managers = {
    fields: manifest.fields,
    workspace: {
      root: '/w',
      rootFields: sample.root ?? {},
      locks: locked ? [{manager, folder: '/w', name: lockNames[manager]}] : [],
      members: [{folder: '/w/a', fields: manifest.fields}, ...others],
      apart: false,
    },
    lockTexts: {'pnpm-lock.yaml': "lockfileVersion: '9.0'\n", 'yarn.lock': '__metadata:\n  version: 8\n'},
    pnpmWorkspace: false,
    yarnrcYml: false,
  }
  const files = new Set(sample.files ?? ['package.json'])
  return {
    manifest,
    managers,
    choice: chooseManager(managers),
    files,
    missing: missingEntries(manifest, files),
    turbo: false,
    wantedNode: [],
    ...(sample.serverName === undefined ? {} : {serverName: sample.serverName}),
  }
}

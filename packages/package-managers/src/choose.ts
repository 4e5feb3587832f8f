import {calledManagers} from './called-managers'
import {texts} from './json'
import {type LockFile, lockFormat, usualVersions} from './lock-files'
import type {Manager, ManagerName} from './manager'
import {hasWorkspaceRanges} from './members'
import {engineRange, namedManager} from './named-manager'
import type {Workspace} from './workspace'

/** What the choice of a manager depends on. */
export interface ManagerFacts {
  /** Of the package that is built. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly workspace: Workspace
  /** The text of each lock file, by name. */
  readonly lockTexts: Readonly<Record<string, string>>
  /** The root has a pnpm-workspace.yaml. */
  readonly pnpmWorkspace: boolean
  /** Yarn itself, as a file of the repository (`yarnPath`). */
  readonly yarnRelease?: string
  /** There is a .yarnrc.yml, which only Yarn 2 and newer read. */
  readonly yarnrcYml: boolean
  /** `.bun-version`. */
  readonly bunVersion?: string
}

/** The manager of a project, with its lock file where it has one. */
export interface ManagerChoice {
  readonly manager: Manager
  readonly lock?: LockFile
  readonly warnings: readonly string[]
}

/**
 * Decides who installs, builds and packs: who package.json names, else whose lock file is there, else who the scripts call,
 * else npm. A lock file of another manager than the named one wins, because the named one would install the newest of
 * everything, unless dependencies are written in a way that the other does not read.
 */
export function chooseManager(facts: ManagerFacts): ManagerChoice {
  const {fields, workspace} = facts
  const {manager: named, warnings} = nameGiven(facts)
  const {locks} = workspace
  const special = [fields, workspace.rootFields, ...workspace.members.map(each => each.fields)].some(hasWorkspaceRanges)
  if (named !== undefined) {
    const lock = locks.find(each => each.manager === named.name)
    const [other] = locks
    if (lock !== undefined || other === undefined || special)
      return {manager: complete(named, facts, lock), ...(lock === undefined ? {} : {lock}), warnings}
    const text = `${named.origin} names ${named.name}, but the lock file is ${other.name}: ${other.manager} installs by it`
    return {...byLock(other, facts), warnings: [...warnings, text]}
  }
  const lock = preferredLock(facts, special)
  if (lock !== undefined) return {...byLock(lock, facts), warnings}
  const called = facts.pnpmWorkspace ? 'pnpm' : callers(facts)[0]
  const name = called ?? (special ? 'pnpm' : 'npm')
  const origin = facts.pnpmWorkspace
    ? 'pnpm-workspace.yaml'
    : called === undefined
      ? 'nothing else is named'
      : `the scripts of package.json call ${name}`
  return {manager: complete({name, origin}, facts, undefined), warnings}
}

/** Another manager that scripts call, in the version that the project asks for. */
export function calledManager(name: ManagerName, facts: ManagerFacts): Manager {
  const lock = facts.workspace.locks.find(each => each.manager === name)
  return complete({name, origin: `the scripts of package.json call ${name}`}, facts, lock)
}

function nameGiven({fields, workspace}: ManagerFacts) {
  const own = namedManager('package.json', fields)
  if (own.manager !== undefined || workspace.rootFields === fields) return own
  const root = namedManager('package.json of the workspace', workspace.rootFields)
  return {...root, warnings: [...new Set([...own.warnings, ...root.warnings])]}
}

function preferredLock(facts: ManagerFacts, special: boolean): LockFile | undefined {
  const {locks} = facts.workspace
  const of = (name: ManagerName | undefined) => locks.find(lock => lock.manager === name)
  const [first] = locks
  if (locks.length <= 1) return first
  const able = special ? locks.find(lock => lock.manager !== 'npm') : undefined
  return (facts.pnpmWorkspace ? of('pnpm') : undefined) ?? of(callers(facts)[0]) ?? able ?? first
}

// npm does not count: many projects call it from scripts without thinking of it.
function callers({fields, workspace}: ManagerFacts): readonly ManagerName[] {
  const scripts = [fields, workspace.rootFields].flatMap(each => {
    const all = texts(each['scripts'])
    return ['build', 'prepack', 'prepare', 'prepublishOnly'].flatMap(name => all[name] ?? [])
  })
  const called = scripts.flatMap(calledManagers).filter(name => name !== 'npm')
  const wanted = (['pnpm', 'yarn', 'bun'] as const).filter(
    name => (engineRange(fields, name) ?? engineRange(workspace.rootFields, name)) !== undefined,
  )
  return [...new Set([...called, ...wanted])]
}

function byLock(lock: LockFile, facts: ManagerFacts): {readonly manager: Manager; readonly lock: LockFile} {
  return {manager: complete({name: lock.manager, origin: lock.name}, facts, lock), lock}
}

function complete(manager: Manager, facts: ManagerFacts, lock: LockFile | undefined): Manager {
  const {name} = manager
  if (name === 'npm') return manager
  const {fields, workspace, yarnRelease, bunVersion} = facts
  const format = lock === undefined ? undefined : lockFormat(lock, facts.lockTexts[lock.name] ?? '')
  const berry = name === 'yarn' && facts.yarnrcYml && format === undefined ? {range: '>=2', usual: '4.18.1'} : undefined
  const usual = (berry ?? format)?.usual ?? usualVersions[name]
  const release = name === 'yarn' && yarnRelease !== undefined ? {release: yarnRelease} : {}
  const asked = engineRange(fields, name) ?? engineRange(workspace.rootFields, name)
  const range = manager.range ?? (name === 'bun' ? bunVersion : undefined) ?? (berry ?? format)?.range ?? asked
  return {...manager, usual, ...release, ...(range === undefined ? {} : {range})}
}

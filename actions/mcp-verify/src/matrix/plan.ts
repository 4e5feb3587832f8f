import type {Combination, SdkSelection} from '@mcp-release/release-model'
import type {Artifact, SdkNeed} from './artifact'
import type {Interpreter} from './interpreter'
import {versionRules} from './version-rules'

/** A version of an SDK that is installed whatever the installer would choose. */
export interface Hold {
  readonly name: string
  readonly version: string
  /** `false`: the package's metadata forbids it, so that it must be forced. */
  readonly allowed: boolean
}

/** A combination that is installed and started. */
export interface Run {
  readonly kind: 'run'
  readonly interpreter: Interpreter
  /** Absent: the package depends on no known SDK. */
  readonly sdk?: NonNullable<Combination['sdk']>
  /** Absent: the installer chooses, as it does for users. */
  readonly hold?: Hold
}

/** What is known of an SDK for one interpreter. */
export interface SdkFacts extends SdkNeed {
  /** The versions that the registry has for the interpreter, or why they are not known. */
  readonly versions: readonly string[] | {readonly problem: string}
  /** The version in the lock files. */
  readonly locked?: string
}

/** What is decided without a run: that the metadata excludes it, or that it cannot be tried. */
export interface Decided {
  readonly kind: 'decided'
  readonly combination: Combination
  /** This machine or the registry lacks something. */
  readonly unverifiable: boolean
}

/** All combinations of one package with one interpreter, in the order of the versions. */
export function planCombinations(
  artifact: Artifact,
  interpreter: Interpreter,
  sdks: readonly SdkFacts[],
  selections: readonly SdkSelection[],
): readonly (Run | Decided)[] {
  if (excludes(artifact, interpreter)) {
    const field = artifact.ecosystem === 'pypi' ? 'Requires-Python' : 'engines.node'
    return [decided(interpreter, {result: 'excluded', reason: `${field} is ${artifact.requires}`})]
  }
  if (sdks.length === 0) return [{kind: 'run', interpreter}]
  return sdks.flatMap(sdk => planSdk(artifact, interpreter, sdk, selections))
}

/** Whether the package itself says that it does not run there. */
export function excludes({ecosystem, requires}: Artifact, {version}: Interpreter): boolean {
  return requires !== '' && !versionRules[ecosystem].allows(requires, version)
}

/** What stays undone for a reason that lies in this machine. */
export function skipped(
  {asked, version}: {readonly asked: string; readonly version?: string},
  reason: string,
  more: Pick<Combination, 'hint' | 'sdk'> = {},
): Decided {
  const runtimeVersion = version === undefined ? {} : {runtimeVersion: version}
  return {
    kind: 'decided',
    combination: {runtime: asked, ...runtimeVersion, result: 'skipped', reason, ...more},
    unverifiable: true,
  }
}

function planSdk(
  {ecosystem}: Artifact,
  interpreter: Interpreter,
  {name, range, versions, locked}: SdkFacts,
  selections: readonly SdkSelection[],
): readonly (Run | Decided)[] {
  const described = {name, range, selections: [...selections], allowed: true}
  if ('problem' in versions) return [skipped(interpreter, versions.problem, {sdk: described})]
  const rules = versionRules[ecosystem]
  const allowed = rules.within(range, versions)
  const title = interpreter.runtime === 'python' ? 'Python' : 'Node.js'
  if (allowed.length === 0) {
    const reason = `no version of ${name} ${range} is there for ${title} ${interpreter.version}`
    return [decided(interpreter, {result: 'fails', reason, sdk: described})]
  }
  const chosen: Readonly<Record<SdkSelection, string | undefined>> = {
    lowest: allowed[0],
    locked,
    newest: allowed.at(-1),
    latest: rules.within('', versions).at(-1),
  }
  const plans = new Map<string, SdkSelection[]>()
  for (const selection of selections) {
    const version = chosen[selection]
    if (version !== undefined) plans.set(version, [...(plans.get(version) ?? []), selection])
  }
  const unlocked = selections.includes('locked') && locked === undefined
  const inOrder = [...plans].sort(([one], [other]) => rules.compare(one, other))
  const planned = inOrder.map(([version, reasons]): Run | Decided => {
    const sdk = {name, range, version, selections: reasons, allowed: rules.allows(range, version)}
    const onlyLocked = reasons.length === 1 && reasons[0] === 'locked'
    if (onlyLocked && !sdk.allowed) {
      const reason = `the lock file has ${name} ${version}, which ${range} does not allow`
      return decided(interpreter, {result: 'excluded', reason, sdk})
    }
    if (!versions.includes(version)) {
      const reason = `${name} ${version} is not there for ${title} ${interpreter.version}`
      return decided(interpreter, {result: 'excluded', reason, sdk})
    }
    // The newest is what users get: the installer is left to choose it, with all else that it must agree with.
    if (reasons.includes('newest')) return {kind: 'run', interpreter, sdk}
    return {kind: 'run', interpreter, sdk, hold: {name, version, allowed: sdk.allowed}}
  })
  if (!unlocked) return planned
  const hint = 'Name the lock file of the sources by lock-files, or leave "locked" out of sdk-versions.'
  const sdk = {name, range, selections: ['locked' as const], allowed: true}
  return [...planned, skipped(interpreter, `no lock file has ${name}`, {sdk, hint})]
}

function decided({asked, version}: Interpreter, rest: Pick<Combination, 'result' | 'reason' | 'sdk'>): Decided {
  return {kind: 'decided', combination: {runtime: asked, runtimeVersion: version, ...rest}, unverifiable: false}
}

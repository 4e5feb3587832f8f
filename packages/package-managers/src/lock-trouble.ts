import {texts} from './json'
import type {Flavour} from './manager'
import {memberName} from './members'
import type {Member} from './workspace'

/** That a lock file does not fit the manifests: what differs, and the command that mends it. */
export interface LockTrouble {
  readonly differences: readonly string[]
  readonly remedy: string
}

const mends: Readonly<Record<Flavour, string>> = {
  npm: 'npm install',
  pnpm: 'pnpm install --no-frozen-lockfile',
  'yarn-classic': 'yarn install',
  'yarn-berry': 'yarn install',
  bun: 'bun install',
}

const signs: Readonly<Record<Flavour, RegExp>> = {
  npm: /can only install (?:packages when your package\.json and|with an existing) |Missing: .+ from lock file|Invalid: lock file's/,
  pnpm: /ERR_PNPM_(?:OUTDATED_LOCKFILE|LOCKFILE_CONFIG_MISMATCH|FROZEN_LOCKFILE|NO_LOCKFILE|LOCKFILE_MISSING_DEPENDENCY|BROKEN_LOCKFILE)/,
  'yarn-classic': /lockfile needs to be updated/,
  'yarn-berry': /YN0028|lockfile would have been (?:modified|created)/,
  bun: /lockfile had changes, but lockfile is frozen/,
}

/** Recognises in the output of a frozen installation that the lock file is the trouble; `undefined` when it is not. */
export function lockTrouble(flavour: Flavour, output: string): LockTrouble | undefined {
  const text = output.replace(/\u001B\[[0-9;]*m/g, '')
  if (!signs[flavour].test(text)) return undefined
  return {differences: differences(flavour, text.split('\n')), remedy: mends[flavour]}
}

/** The command that writes the lock file of a manager anew. */
export function mendingCommand(flavour: Flavour): string {
  return mends[flavour]
}

function differences(flavour: Flavour, lines: readonly string[]): readonly string[] {
  const found = lines.flatMap(line => picked[flavour](line) ?? []).map(line => line.trim())
  const unique = [...new Set(found)].filter(line => line !== '')
  return unique.length > 8 ? [...unique.slice(0, 8), `and ${unique.length - 8} more`] : unique
}

const after = (line: string, rule: RegExp) => rule.exec(line)?.[1]

const picked: Readonly<Record<Flavour, (line: string) => string | undefined>> = {
  npm: line => after(line, /((?:Invalid: lock file's|Missing: ).*)$/)?.replace(/^Invalid: lock file's (\S+)/, 'its $1'),
  pnpm: line =>
    after(line, /^\s*[*-] (\S+ \((?:lockfile|manifest).*\))\s*$/) ??
    after(line, /not up\s+to date with (?:<ROOT>\/)?(\S*\/package\.json)/) ??
    after(line, /^\s*\* in (importers.*):/) ??
    after(line, /^\s*(specifiers in the lockfile \(.*)$/) ??
    after(line, /(The current .* configuration doesn't match .*)$/),
  'yarn-classic': () => undefined,
  'yarn-berry': line => after(line, /YN0028: │ ([+-]\s+\S.*)$/),
  bun: line => after(line, /note: (dependencies in .*)$/),
}

/**
 * What a yarn.lock of Yarn 1 lacks: `--frozen-lockfile` notices it only for a package without a workspace
 * (https://github.com/yarnpkg/yarn/issues/5840).
 */
export function missingInClassicLock(
  lock: string,
  root: Readonly<Record<string, unknown>>,
  members: readonly Member[],
): readonly string[] {
  const keys = new Set(
    lock
      .split('\n')
      .filter(line => /^["\w@].*:$/.test(line))
      .flatMap(line => line.slice(0, -1).split(', '))
      .map(key => key.replace(/^"|"$/g, '')),
  )
  const own = new Set(members.map(memberName))
  const resolved = Object.keys(texts(root['resolutions']))
  return [{folder: '', fields: root}, ...members].flatMap(({fields}) =>
    ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap(kind =>
      Object.entries(texts(fields[kind]))
        .filter(([name, range]) => !own.has(name) && !/^(?:file|link|portal):|^\.{0,2}\//.test(range))
        .filter(([name]) => !resolved.some(each => each === name || each.endsWith(`/${name}`)))
        .filter(([name, range]) => !keys.has(`${name}@${range}`))
        .map(([name, range]) => `${name}@${range} (${kind} of ${nameOf(fields)}) is not in it`),
    ),
  )
}

function nameOf(fields: Readonly<Record<string, unknown>>): string {
  return typeof fields['name'] === 'string' ? fields['name'] : 'package.json'
}

import {join} from 'node:path'
import type {Flavour} from './manager'

/** How dependencies are installed. */
export interface InstallOptions {
  /** Exactly those of the lock file, else the newest that match. */
  readonly locked: boolean
  /** Not with the monorepo around the folder. */
  readonly apart: boolean
  /** Some package of the project is made for other machines than this one. */
  readonly foreign: boolean
}

/** The arguments with which a manager installs everything that a build needs. */
export function installArguments(flavour: Flavour, {locked, apart, foreign}: InstallOptions): readonly string[] {
  switch (flavour) {
    case 'npm':
      return [
        locked ? 'ci' : 'install',
        ...['--include=dev', '--no-audit', '--no-fund', ...(locked ? [] : ['--no-package-lock'])],
        ...(apart ? ['--workspaces=false'] : []),
        // npm has no other way to accept a project that is made for another machine (EBADPLATFORM).
        ...(foreign ? ['--force'] : []),
      ]
    case 'pnpm':
      return [
        'install',
        ...(locked ? ['--frozen-lockfile'] : ['--no-frozen-lockfile']),
        ...['--prod=false', '--config.strict-dep-builds=false'],
        ...(apart ? ['--ignore-workspace'] : []),
      ]
    case 'yarn-classic':
      return [
        'install',
        ...(locked ? ['--frozen-lockfile'] : ['--pure-lockfile']),
        ...['--production=false', '--non-interactive', ...(foreign ? ['--ignore-platform'] : [])],
      ]
    case 'yarn-berry':
      return ['install', locked ? '--immutable' : '--no-immutable']
    case 'bun':
      return ['install', locked ? '--frozen-lockfile' : '--no-save']
  }
}

/** The arguments with which a manager runs a script of package.json. */
export function runArguments(script: string): readonly string[] {
  return ['run', script]
}

/**
 * Lets the package's own scripts run where somebody keeps those of dependencies away: `ignore-scripts` in .npmrc would
 * also leave out `prepare` when it packs, and `prebuild` when it runs `build`
 * (https://docs.npmjs.com/cli/using-npm/config#ignore-scripts). Not for an installation.
 */
export const ownScriptsRun: Readonly<Record<string, string>> = {npm_config_ignore_scripts: 'false'}

/** The arguments with which a manager packs the package in its working folder into another folder. */
export function packArguments(flavour: Flavour, destination: string, scripts: boolean): readonly string[] {
  switch (flavour) {
    case 'npm':
      return ['pack', '--loglevel=warn', ...(scripts ? [] : ['--ignore-scripts']), '--pack-destination', destination]
    case 'pnpm':
      return ['pack', `--config.ignore-scripts=${scripts ? 'false' : 'true'}`, '--pack-destination', destination]
    case 'yarn-classic':
      return ['pack', '--non-interactive', '--filename', join(destination, packedName)]
    case 'yarn-berry':
      return ['pack', '--out', join(destination, packedName)]
    case 'bun':
      return ['pm', 'pack', '--ignore-scripts', '--destination', destination]
  }
}

/** What an archive is called when its manager wants a name. */
export const packedName = 'packed.tgz'

/** The scripts that a manager runs when it packs. */
export function scriptsOfPack(flavour: Flavour): readonly string[] {
  // https://yarnpkg.com/advanced/lifecycle-scripts: Yarn runs `prepare` only for dependencies that come from git.
  return flavour.startsWith('yarn') ? ['prepack', 'postpack'] : ['prepack', 'prepare', 'postpack']
}

/** Those of them that run before packing, because nothing makes the manager run them where `ignore-scripts` is set. */
export function scriptsBeforePack(flavour: Flavour): readonly string[] {
  return flavour === 'bun' ? ['prepack', 'prepare'] : []
}

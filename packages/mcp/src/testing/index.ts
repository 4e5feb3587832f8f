import {fileURLToPath} from 'node:url'

/** How the fixture server behaves. */
export interface FixtureBehaviour {
  readonly era?: 'legacy' | 'modern'
  readonly version?: string
  readonly protocol?: string
  readonly supportedVersions?: readonly string[]
  readonly capabilities?: Readonly<Record<string, object>>
  /** Tools, page by page. */
  readonly pages?: readonly (readonly object[])[]
  /** Answers of `tools/call`, by the name of the tool. */
  readonly calls?: Readonly<Record<string, object>>
  /** A file that stands for something which only one process may have. */
  readonly lock?: string
  readonly quirk?:
    | 'asks-back'
    | 'dies-on-discover'
    | 'endless-pages'
    | 'exits-at-once'
    | 'floods-one-line'
    | 'floods-stderr'
    | 'floods-stdout'
    | 'forks'
    | 'hangs'
    | 'ignores-sigterm'
    | 'ignores-the-end'
    | 'leaves-a-child'
    | 'leaves-a-daemon'
    | 'logs-on-stdout'
    | 'needs-env'
    | 'needs-sigterm'
    | 'no-resources'
    | 'no-templates'
    | 'prints-env'
    | 'same-page'
    | 'silent-on-discover'
    | 'slow-pages'
    | 'talks-at-the-end'
    | 'talks-on-sigterm'
}

/** The servers of this folder; those whose name begins with `http` take a port as their first argument. */
export type ServerScript =
  | 'fixture-server'
  | 'http-fixture-server'
  | 'http-modern-sdk-server'
  | 'http-sdk-server'
  | 'modern-sdk-server'
  | 'scripted-server'
  | 'sdk-server'

/** Absolute path of a server script: `fixture-server` takes a `FixtureBehaviour` as JSON in its only argument. */
export function serverScript(name: ServerScript): string {
  return fileURLToPath(new URL(`./${name}.mjs`, import.meta.url))
}

/** The argv of a fixture server. */
export function fixtureServer(behaviour: FixtureBehaviour): readonly string[] {
  return [process.execPath, serverScript('fixture-server'), JSON.stringify(behaviour)]
}

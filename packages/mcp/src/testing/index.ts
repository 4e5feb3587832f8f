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
  readonly quirk?:
    | 'asks-back'
    | 'dies-on-discover'
    | 'endless-pages'
    | 'exits-at-once'
    | 'floods-one-line'
    | 'floods-stdout'
    | 'hangs'
    | 'ignores-the-end'
    | 'leaves-a-child'
    | 'logs-on-stdout'
    | 'needs-env'
    | 'needs-sigterm'
    | 'no-resources'
    | 'prints-env'
    | 'same-page'
    | 'silent-on-discover'
    | 'talks-at-the-end'
}

/** Absolute path of a server script: `fixture-server` takes a `FixtureBehaviour` as JSON in its only argument. */
export function serverScript(name: 'fixture-server' | 'modern-sdk-server' | 'sdk-server'): string {
  return fileURLToPath(new URL(`./${name}.mjs`, import.meta.url))
}

/** The argv of a fixture server. */
export function fixtureServer(behaviour: FixtureBehaviour): readonly string[] {
  return [process.execPath, serverScript('fixture-server'), JSON.stringify(behaviour)]
}

import {readFileSync} from 'node:fs'

/** Name and version as package.json states them, the only place that holds them. */
export const about = read()

function read(): {readonly name: string; readonly version: string} {
  const {name, version} = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    name: string
    version: string
  }
  return {name, version}
}

import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

/** Adds inputs to the only job of a caller's workflow; with them the file is what its README tells a user to write. */
export function callerInputs(inputs: Readonly<Record<string, string | boolean>>): (directory: string) => Promise<void> {
  return async directory => {
    const file = join(directory, '.github/workflows/release.yml')
    const lines = Object.entries(inputs).map(([name, value]) => `      ${name}: ${JSON.stringify(value)}\n`)
    await writeFile(file, `${(await readFile(file, 'utf8')).trimEnd()}\n    with:\n${lines.join('')}`)
  }
}

/** Replaces text in a file of a folder; an edit that finds nothing to replace is a mistake of the test. */
export async function replaceIn(file: string, before: string, after: string): Promise<void> {
  const text = await readFile(file, 'utf8')
  if (!text.includes(before)) throw new Error(`${file} does not hold ${JSON.stringify(before)}`)
  await writeFile(file, text.replace(before, after))
}

import {readFile} from 'node:fs/promises'
import {expect, test} from '@jest/globals'

interface LockedPackage {
  readonly link?: boolean
  readonly integrity?: string
  readonly resolved?: string
}

// https://docs.npmjs.com/cli/configuring-npm/package-lock-json: `npm ci` compares a tarball only where there is an integrity.
test('every locked dependency has its integrity, and no registry is named', async () => {
  const lock = JSON.parse(await readFile('package-lock.json', 'utf8')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>
  }
  const fetched = Object.entries(lock.packages).filter(
    ([path, {link}]) => path.includes('node_modules/') && link !== true,
  )
  expect(fetched.length).toBeGreaterThan(500)
  expect(fetched.filter(([, {integrity}]) => integrity === undefined).map(([path]) => path)).toEqual([])
  expect(fetched.filter(([, {resolved}]) => resolved !== undefined).map(([path]) => path)).toEqual([])
})

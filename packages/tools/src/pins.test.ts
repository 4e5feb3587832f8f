import {readFileSync} from 'node:fs'
import {expect, test} from '@jest/globals'
import {pins} from './pins'

const record = readFileSync(new URL('../CHECKSUMS.md', import.meta.url), 'utf8')
const files = Object.entries(pins).flatMap(([name, pin]) =>
  Object.entries(pin.platforms).map(([platform, file]) => ({name, pin, platform, file})),
)

test.each(files)(
  '$name for $platform is pinned to the release of its version and recorded',
  ({pin, platform, file}) => {
    expect(file.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(file.url).toContain(`/releases/download/v${pin.version}/`)
    expect(file.url).toMatch(new RegExp(platform.replace('/', '[-_]')))
    expect(record).toContain(file.sha256)
  },
)

test('no two files have the same checksum', () => {
  expect(new Set(files.map(({file}) => file.sha256)).size).toBe(files.length)
})

test.each(Object.entries(pins))('%s covers the platforms of the runners', (_name, pin) => {
  expect(Object.keys(pin.platforms)).toEqual(
    expect.arrayContaining(['linux/amd64', 'linux/arm64', 'darwin/amd64', 'darwin/arm64', 'windows/amd64']),
  )
})

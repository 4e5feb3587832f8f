import {expect, test} from '@jest/globals'
import {archiveName, bundleName} from './file-names'
import {
  defaultPlatforms,
  executablePlatforms,
  hasRustTarget,
  isBuiltFor,
  platformParts,
  platformSlices,
  platforms,
} from './platform'

test('six platforms are built for unless somebody says otherwise', () => {
  expect(defaultPlatforms).toHaveLength(6)
  expect(platforms.slice(0, 6)).toEqual(defaultPlatforms)
})

// The variant stands behind the processor, as goreleaser writes it: https://goreleaser.com/customization/archive/
test.each([
  ['linux/arm/v6', 'x_1.0.0_linux_armv6.tar.gz'],
  ['linux/386', 'x_1.0.0_linux_386.tar.gz'],
  ['darwin/universal', 'x_1.0.0_darwin_universal.tar.gz'],
  ['windows/386', 'x_1.0.0_windows_386.zip'],
  ['freebsd/arm64', 'x_1.0.0_freebsd_arm64.tar.gz'],
] as const)('an archive for %s is called %s', (platform, name) => {
  expect(archiveName('x', '1.0.0', platform)).toBe(name)
  expect(bundleName('x', '1.0.0', platform)).toBe(name.replace(/\.(tar\.gz|zip)$/, '.mcpb'))
  expect(platformParts(platform)).toHaveLength(2)
})

test('an executable says its platforms, and its name the variant of ARM', () => {
  expect(executablePlatforms(['linux/arm'], 'x_1.0.0_linux_armv6.tar.gz')).toEqual(['linux/arm/v6'])
  expect(executablePlatforms(['linux/arm'], 'x_1.0.0_linux_armv7.tar.gz')).toEqual(['linux/arm/v7'])
  expect(executablePlatforms(['darwin/amd64', 'darwin/arm64'], 'x')).toEqual(['darwin/universal'])
  expect(executablePlatforms(['linux/unknown', 'linux/amd64'], 'x')).toEqual(['linux/amd64'])
})

test('an executable fits what it was built for', () => {
  expect(isBuiltFor('linux/arm/v7', ['linux/arm'])).toBe(true)
  expect(isBuiltFor('darwin/universal', ['darwin/arm64'])).toBe(false)
  expect(isBuiltFor('darwin/arm64', ['darwin/amd64', 'darwin/arm64'])).toBe(true)
  expect(platformSlices('darwin/universal')).toEqual(['darwin/amd64', 'darwin/arm64'])
})

test('Rust has no target for what rustup has no standard library for, or nothing links statically', () => {
  expect(platforms.filter(each => !hasRustTarget(each))).toEqual(['linux/s390x', 'windows/386', 'freebsd/arm64'])
})

/** The platforms that are built for unless somebody says otherwise. */
export const defaultPlatforms = [
  'linux/amd64',
  'linux/arm64',
  'darwin/amd64',
  'darwin/arm64',
  'windows/amd64',
  'windows/arm64',
] as const

/**
 * What a binary runs on, in the vocabulary of Go and OCI: `os/arch`, with a variant where the processor has several
 * (https://github.com/opencontainers/image-spec/blob/main/image-index.md#platform-variants).
 */
export const platforms = [
  ...defaultPlatforms,
  'linux/386',
  'linux/arm/v6',
  'linux/arm/v7',
  'linux/riscv64',
  'linux/ppc64le',
  'linux/s390x',
  // One file for both processors of macOS.
  'darwin/universal',
  'windows/386',
  'freebsd/amd64',
  'freebsd/arm64',
] as const

/** `os/arch` or `os/arch/variant`, such as `linux/amd64` or `linux/arm/v7`. */
export type Platform = (typeof platforms)[number]

/** An operating system that the suite builds for. */
export type PlatformSystem = 'linux' | 'darwin' | 'windows' | 'freebsd'

/** Whether a text names a platform that the suite builds for. */
export function isPlatform(text: string): text is Platform {
  return (platforms as readonly string[]).includes(text)
}

/** `linux/amd64` → `['linux', 'amd64']`; the variant is written behind the processor, as Go's tools do: `['linux', 'armv7']`. */
export function platformParts(platform: Platform): readonly [PlatformSystem, string] {
  const [os, ...arch] = platform.split('/')
  return [os as PlatformSystem, arch.join('')]
}

/** The platforms of the executables that one binary for a platform is made of: two for a universal binary of macOS. */
export function platformSlices(platform: Platform): readonly Platform[] {
  return platform === 'darwin/universal' ? ['darwin/amd64', 'darwin/arm64'] : [platform]
}

/**
 * The platforms of a built file, from what its executable says (`os/arch` of each processor that it has code for) and
 * its name: an ARM executable does not say for which variant it was built.
 */
export function executablePlatforms(found: readonly string[], fileName: string): readonly Platform[] {
  const both = platformSlices('darwin/universal')
  if (both.every(each => found.includes(each))) return ['darwin/universal']
  return found.flatMap(each => {
    if (each === 'linux/arm') return [/armv?6(?!\d)/i.test(fileName) ? 'linux/arm/v6' : 'linux/arm/v7']
    return isPlatform(each) ? [each] : []
  })
}

/** Whether an executable, with code for these `os/arch`, is one for a platform. */
export function isBuiltFor(platform: Platform, found: readonly string[]): boolean {
  return platformSlices(platform).every(slice => found.includes(slice.split('/').slice(0, 2).join('/')))
}

/**
 * The Rust target triple of a platform: musl on Linux, so that one static file runs on every distribution; the GNU
 * flavours on Windows, because they link without Microsoft's SDK and so on every build machine. Absent where rustup has no
 * standard library (https://doc.rust-lang.org/rustc/platform-support.html) or nothing links it statically.
 */
export const rustTriples: Readonly<Partial<Record<Platform, string>>> = {
  'linux/amd64': 'x86_64-unknown-linux-musl',
  'linux/arm64': 'aarch64-unknown-linux-musl',
  'linux/386': 'i686-unknown-linux-musl',
  'linux/arm/v6': 'arm-unknown-linux-musleabihf',
  'linux/arm/v7': 'armv7-unknown-linux-musleabihf',
  'linux/riscv64': 'riscv64gc-unknown-linux-musl',
  'linux/ppc64le': 'powerpc64le-unknown-linux-musl',
  'darwin/amd64': 'x86_64-apple-darwin',
  'darwin/arm64': 'aarch64-apple-darwin',
  'windows/amd64': 'x86_64-pc-windows-gnu',
  'windows/arm64': 'aarch64-pc-windows-gnullvm',
  'freebsd/amd64': 'x86_64-unknown-freebsd',
}

/** Whether Rust programs can be built for a platform. */
export function hasRustTarget(platform: Platform): boolean {
  return platformSlices(platform).every(each => rustTriples[each] !== undefined)
}

/** `.exe` on Windows. */
export function executableSuffix(platform: Platform): string {
  return platform.startsWith('windows/') ? '.exe' : ''
}

/** What a binary runs on, in the vocabulary of Go and OCI. */
export const platforms = [
  'linux/amd64',
  'linux/arm64',
  'darwin/amd64',
  'darwin/arm64',
  'windows/amd64',
  'windows/arm64',
] as const

/** `os/arch`, such as `linux/amd64`. */
export type Platform = (typeof platforms)[number]

/** Whether a text names a platform that the suite builds for. */
export function isPlatform(text: string): text is Platform {
  return (platforms as readonly string[]).includes(text)
}

/** `linux/amd64` → `['linux', 'amd64']`. */
export function platformParts(platform: Platform): readonly ['linux' | 'darwin' | 'windows', 'amd64' | 'arm64'] {
  const [os, arch] = platform.split('/') as ['linux' | 'darwin' | 'windows', 'amd64' | 'arm64']
  return [os, arch]
}

/**
 * The Rust target triple of a platform: musl on Linux, so that one static file runs on every distribution; the GNU
 * flavours on Windows, because they link without Microsoft's SDK and so on every build machine.
 */
export const rustTriples: Readonly<Record<Platform, string>> = {
  'linux/amd64': 'x86_64-unknown-linux-musl',
  'linux/arm64': 'aarch64-unknown-linux-musl',
  'darwin/amd64': 'x86_64-apple-darwin',
  'darwin/arm64': 'aarch64-apple-darwin',
  'windows/amd64': 'x86_64-pc-windows-gnu',
  'windows/arm64': 'aarch64-pc-windows-gnullvm',
}

/** `.exe` on Windows. */
export function executableSuffix(platform: Platform): string {
  return platform.startsWith('windows/') ? '.exe' : ''
}

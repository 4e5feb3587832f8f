// What Go, and so BuildKit, can be asked for and base images exist for (https://go.dev/doc/install/source#environment).
const architectures = {
  linux: ['386', 'amd64', 'arm', 'arm64', 'loong64', 'mips64', 'mips64le', 'ppc64le', 'riscv64', 's390x'],
  windows: ['amd64', 'arm64'],
} as const

const variants: Readonly<Record<string, RegExp>> = {amd64: /^v[1-4]$/, arm: /^v[5-8]$/, arm64: /^v[89](?:\.\d)?$/}

/** What is wrong with a platform of an image (`os/arch` or `os/arch/variant`); `undefined` when nothing is. */
export function platformProblem(text: string): string | undefined {
  const [os = '', arch, variant, ...more] = text.split('/')
  if (arch === undefined && (architectures.linux as readonly string[]).includes(os))
    return `lacks the operating system: linux/${os}`
  const known: readonly string[] = os === 'linux' || os === 'windows' ? architectures[os] : []
  if (arch === undefined || !known.includes(arch)) return 'is not a platform of images, such as linux/amd64'
  if (more.length > 0 || (variant !== undefined && variants[arch]?.test(variant) !== true))
    return `has a variant that ${arch} does not have`
  return undefined
}

/** A platform as OCI has it; the variants that `arm64` and `arm` always have are left out. */
export function platformName(platform: {
  readonly os: string
  readonly architecture: string
  readonly variant?: string
}): string {
  return normalizedPlatform([platform.os, platform.architecture, platform.variant ?? ''].filter(Boolean).join('/'))
}

/** `linux/arm64/v8` and `linux/arm64` are the same, as `linux/arm/v7` and `linux/arm` are. */
export function normalizedPlatform(text: string): string {
  return text
    .replace(/\/arm64\/v8$/, '/arm64')
    .replace(/\/arm\/v7$/, '/arm')
    .replace(/\/amd64\/v1$/, '/amd64')
}

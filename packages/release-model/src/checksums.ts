/** One line of SHA256SUMS. */
export interface Checksum {
  readonly name: string
  readonly sha256: string
}

/** The text of SHA256SUMS as `sha256sum --check` reads it: sorted by name, two spaces. */
export function formatChecksums(checksums: readonly Checksum[]): string {
  const byName = [...checksums].sort((a, b) => (a.name < b.name ? -1 : 1))
  return byName.map(({name, sha256}) => `${sha256}  ${name}\n`).join('')
}

/** Reads SHA256SUMS; `undefined` for a line that is none. */
export function parseChecksums(text: string): readonly (Checksum | undefined)[] {
  return text
    .split('\n')
    .filter(line => line !== '')
    .map(line => {
      const [, sha256, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? []
      return sha256 === undefined || name === undefined ? undefined : {name, sha256}
    })
}

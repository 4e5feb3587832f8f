/**
 * The name under which GitHub stores an uploaded file: accents are taken off, every run of characters outside
 * letters, digits and `-_+@` becomes one dot, dots at either end go, and a name left without a base gets `default`.
 * @see https://docs.github.com/rest/releases/assets#upload-a-release-asset
 */
export function assetName(given: string): string {
  const plain = given
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC')
  const based = plain.startsWith('.') ? `default${plain}` : plain
  const dotted = based.replace(/[^a-z0-9\-_+@]+/gi, '.').replace(/^\.|\.$/g, '')
  return dotted !== given && !dotted.includes('.') ? `default.${dotted}` : dotted
}

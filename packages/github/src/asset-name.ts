/**
 * The name that GitHub gives to an uploaded file: without accents; all but ASCII letters, digits and `-_+@` becomes one
 * dot; no dot at either end; `default` where nothing else is left before the extension.
 * https://docs.github.com/rest/releases/assets#upload-a-release-asset
 */
export function githubAssetName(name: string): string {
  const bare = name
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC')
  const based = bare.startsWith('.') ? `default${bare}` : bare
  const dotted = based.replace(/[^\w\-+@]+/g, '.').replace(/^\.|\.$/g, '')
  return dotted === name || dotted.includes('.') ? dotted : `default.${dotted}`
}

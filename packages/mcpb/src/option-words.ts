// API_KEY, --api-key → API key
const acronyms = /^(?:API|URL|ID|URI|TLS|SSL|HTTP|HTTPS|DB|SQL|AWS|GCP|MCP|JSON|CSV)$/i

/** A title for people out of the name of a variable or a flag: `API_KEY` and `--api-key` → `API key`. */
export function titleOf(name: string): string {
  const text = name
    .split(/[^A-Za-z0-9]+/)
    .filter(part => part !== '')
    .map(part => (acronyms.test(part) ? part.toUpperCase() : part.toLowerCase()))
    .join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** A key for `user_config` out of such a name, other than those that are taken: `--api-key` → `api_key`. */
export function keyOf(name: string, taken: object): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
  const base = plain === '' ? 'value' : plain
  if (!Object.hasOwn(taken, base)) return base
  for (let at = 2; ; at++) if (!Object.hasOwn(taken, `${base}_${at}`)) return `${base}_${at}`
}

// @ts-check
// Documents with one thing or two wrong, always the same ones.

/**
 * The addresses of package registries are for their clients to know; here they are only words of a document.
 *
 * @param {readonly string[]} labels
 */
export const address = (...labels) => `https://${labels.join('.')}`

/** @typedef {string | number | boolean | null | readonly Json[] | {readonly [key: string]: Json}} Json */
/** @typedef {(string | number)[]} Path */

/** A generator of numbers below a limit that gives the same ones for the same seed (mulberry32). @param {number} seed */
export function random(seed) {
  let state = seed
  return (/** @type {number} */ limit) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
}

const anything = [
  '', ' ', 'x', 'a b', 'latest', ' latest', '1.0.0', 'v1', '^1.2.3', '1.x', '1 - 2', '1.0 || 2', '~1', '\u0085=1', '\uFEFF=1', '1.*.0-a',
  'io.github.a/b', 'io.github.a/bc', 'a/b/c', '-a/bc', 'a.b/c-', 'https://example.com/mcp', 'http://localhost:1/{x}', 'HTTPS://example.com',
  'not a url', 'stdio', 'sse', 'streamable-http', 'named', 'positional', 'image/png', '48x48', 'any', 'dark', 'a'.repeat(64), 'A'.repeat(64),
  'é'.repeat(100), '😀'.repeat(100), '😀'.repeat(101), 'x'.repeat(201), 'x'.repeat(256), 8080, 1.5, true, false, null, [], ['x'], [1], [null],
  {}, {type: 'stdio'}, {name: 'A'}, {a: {value: 'b'}}, {a: null},
] // prettier-ignore

/** @type {Record<string, readonly Json[]>} */
const fitting = {
  registryType: ['npm', 'pypi', 'cargo', 'nuget', 'oci', 'mcpb', 'NPM', 'gem', 'docker'],
  registryBaseUrl: [
    address('registry', 'npmjs', 'org'), `${address('registry', 'npmjs', 'org')}/`, address('REGISTRY', 'npmjs', 'org'), address('registry', 'npmjs', 'org').replace('https', 'http'), address('pypi', 'org'),
    `${address('pypi', 'org')}/`, `${address('pypi', 'org')}/simple`, address('crates', 'io'), `${address('crates', 'io')}/`, `${address('api', 'nuget', 'org')}/v3/index.json`,
    address('api', 'nuget', 'org'), 'https://docker.io', 'https://ghcr.io', 'https://github.com', 'npm:x',
  ],
  identifier: [
    'ghcr.io/a/b:1', 'ghcr.io/A/b:1', 'a/b', 'alpine', 'docker.io/a', 'index.docker.io/a/b', 'registry-1.docker.io/a/b:1', 'registry.hub.docker.com/a/b',
    'quay.io/a/b', 'gcr.io/a/b', 'mcr.microsoft.com/a', 'us-docker.pkg.dev/a/b/c:1', '.pkg.dev/a', 'pkg.dev/a', 'x.azurecr.io/a', 'public.ecr.aws/a/b',
    'localhost:5000/a/b', 'localhost/a', 'ghcr.io:443/a/b', 'ghcr.io/a/b:', 'ghcr.io/a/b:1:2', 'ghcr.io/a/b:v1.0.0+x', `ghcr.io/a/b:${'x'.repeat(128)}`,
    `ghcr.io/a/b:${'x'.repeat(129)}`, `ghcr.io/${'x'.repeat(256)}`, `ghcr.io/a/b@sha256:${'a'.repeat(64)}`, `ghcr.io/a/b:1@sha256:${'0'.repeat(64)}`,
    `ghcr.io/a/b@sha256:${'A'.repeat(64)}`, `ghcr.io/a/b@sha512:${'a'.repeat(128)}`, `ghcr.io/a/b@sha384:${'a'.repeat(96)}`, `ghcr.io/a/b@md5:${'a'.repeat(32)}`,
    'ghcr.io/a/b@sha256:abc', `ghcr.io/a/b@x@sha256:${'a'.repeat(64)}`, 'https://ghcr.io/a/b', 'ghcr.io//a', 'ghcr.io/', '/a', 'a//b', 'u@ghcr.io/a', '"x.pkg.dev/a',
    'a_b.pkg.dev/a', 'a%41.pkg.dev/b', 'ä.pkg.dev/b', '@scope/name', '@scope/mcp name',
    ...['https://github.com/a/b/releases/download/v1/mcp.mcpb', 'https://github.com/a-/b/releases/download/v1/mcp.mcpb', 'https://GitHub.com/a/b/releases/download/v1/mcp.mcpb',
      'https://github.com/a/b/Releases/download/v1/mcp.mcpb', 'https://github.com/a/b/releases/download/v1/x.mcpb?a=/b', 'https://github.com/a/b/releases/download/v1/x%2Fmcp.mcpb',
      'https://github.com/a/b/releases/download/a/b/mcp.mcpb', 'https://github.com:443/a/b/releases/download/v1/mcp.mcpb', 'https://u@github.com/a/b/releases/download/v1/mcp.mcpb',
      'https://www.github.com/a/b/releases/download/v1/x.zip', 'https://github.com/a/b/releases/download/v1/mcp.mcpb#x', 'https://github.com/a/b/releases/download/v1/mcp%.mcpb',
      'https://gitlab.com/a/b/-/releases/v1/downloads/mcp.mcpb', 'https://gitlab.com/a/b/c/-/package_files/12/download#mcp', 'https://gitlab.com/a/-/package_files/x/download',
      'https://gitlab.com/a/b/-/releases/v1/downloads/bin/mcp.mcpb', 'http://github.com/a/b/releases/download/v1/mcp.mcpb', 'https://example.com/mcp.mcpb'],
  ],
  url: [
    'http://localhost/mcp', 'https://localhost/mcp', 'https://a.localhost', 'https://127.0.0.1:1', 'https://127.0.0.2', 'https://LOCALHOST', 'https://[::1]/', 'https://[::1%25a]:1/',
    'https://[x]/', 'https://a:b/', 'https://a:{port}', 'https://a:{p}/x', 'https://a:{p}x', 'https://{host}/', 'https://{h}.example.com/{path}', '{scheme}://a', '{x}://a', 'https://a/%zz',
    'https://a/%41', 'https://a%41/', 'https://a b/', 'https://a/b c', 'https://', 'https:a', 'https:/a', 'https://a:1:2/', 'https://a/#%', 'https://a/?%', 'https://u:p@a/', 'https://u^@a/',
    'ftp://a:1:2/', 'https://github.com/a/b', 'https://github.com/a/b/', 'https://github.com/a/b.git', 'https://github.com/a', 'git@github.com:a/b.git', 'https://gitlab.com/a/b/c',
    'https://gitlab.com/a/-/b', 'https://github.com/a/b/tree/main', 'https://www.github.com/a/b', 'https://bitbucket.org/a/b', 'https://{{a}}/', 'https://a/{', 'https://a/{}', 'https://é.example/',
  ],
  source: ['github', 'gitlab', 'GitHub', 'gitea'],
  subfolder: ['a', 'a/b', '/a', 'a/', 'a//b', './a', 'a/../b', 'a b', 'ä', '.a', 'a\\b'],
  src: ['https://example.com/a.png', 'https://example.com/a b.png', 'data:image/png;base64,AA', 'http://example.com/a', '//example.com/a', 'https:a', `https://example.com/${'a'.repeat(240)}`],
  websiteUrl: ['https://example.com', 'HTTPS://example.com', 'http://example.com', "https://example.com/'", 'https://example.com/{x}', 'https://example.com/ä', 'https:x', 'https://example.com/\u000B'],
  name: ['io.github.octo/server', 'io.github.octo/s', 'i/server', 'io..github/a_b', 'a b/cd', '--port', '--port <port>', '$PORT', '', 'A'],
  version: ['1.0.0', '1.0.0-rc.1', '1.0.0+build', '2024.01.01', '1.2.3-x', 'x.1', '*.1', '1.2.x-beta', 'v1.2.3', '>= 1.2', '1.2.3 -2', '1.2.3 - 2', '1||2', 'latest\n', '1.0.0 '],
  value: ['--port', '--port=1', '--portable', 'a'],
  default: ['--port', '--port=1', 'a'],
  format: ['string', 'number', 'filepath', 'file_path', 'String'],
  mimeType: ['image/png', 'image/gif', 'image/svg+xml'],
  theme: ['dark', 'light', 'Dark'],
  sizes: [['48x48'], ['any', '96x96'], ['48'], ['48X48'], ['']],
  title: ['T', '   ', '\u00A0', '\u0085', '\uFEFF'],
  $schema: [
    'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json', 'https://static.modelcontextprotocol.io/schemas/2025-10-17/server.schema.json',
    'https://static.modelcontextprotocol.io/schemas/2025-07-09/server.schema.json', 'https://static.modelcontextprotocol.io/schemas/2026-01-01/server.schema.json',
    'https://example.org/schemas/2025-12-11/server.schema.json', 'https://static.modelcontextprotocol.io/schemas/draft/server.schema.json',
    'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json#', '/schemas/2025-12-11/server.schema.json',
  ],
  _meta: [
    {other: 1}, {'io.modelcontextprotocol.registry/publisher-provided': {a: [1, null, {b: 'c'}]}}, {'io.modelcontextprotocol.registry/publisher-provided': []},
    {'io.modelcontextprotocol.registry/official': {}}, {'io.modelcontextprotocol.registry/publisher-provided': {a: 'x'.repeat(4088)}},
    {'io.modelcontextprotocol.registry/publisher-provided': {a: 'x'.repeat(4089)}}, {'io.modelcontextprotocol.registry/publisher-provided': {a: '<'.repeat(700)}},
    {'io.modelcontextprotocol.registry/publisher-provided': {a: 'é'.repeat(2044)}},
  ],
} // prettier-ignore

/** Members that somebody might write anywhere. */
const members = [
  'name', 'type', 'url', 'value', 'valueHint', 'isSecret', 'isRequired', 'isRepeated', 'headers', 'variables', 'version', 'title', 'format', 'status', 'isSecrt',
  'is_secret', 'issecret', 'IsSecret', 'required', 'secret', 'env', 'args', 'package_arguments', 'runtime_hint', 'registry_type', 'version_detail', 'websiteurl', 'x-note', '_meta',
  'constructor', 'toString', '__proto__', '', 'a.b', 'é',
] // prettier-ignore

const ordinary = {enumerable: true, configurable: true, writable: true}

/** Every place of a document. @param {Json} value @param {Path} path @returns {Generator<Path>} */
export function* places(value, path = []) {
  if (path.length > 0) yield path
  if (typeof value !== 'object' || value === null) return
  for (const key of Object.keys(value))
    yield* places(at(value, [key]), [...path, Array.isArray(value) ? Number(key) : key])
}

/** @param {Json} value @param {Path} path @returns {Json} */
function at(value, path) {
  return path.reduce((/** @type {any} */ inner, key) => inner[key], value)
}

/**
 * The document with something else in one place; `undefined` takes it away.
 *
 * @param {Json} document @param {Path} path @param {Json | undefined} content @returns {Json}
 */
function changed(document, path, content) {
  const copy = structuredClone(/** @type {any} */ (document))
  const holder = at(copy, path.slice(0, -1))
  const key = path.at(-1)
  // Not by assignment, because of a member that is called __proto__.
  if (content !== undefined) Object.defineProperty(holder, key ?? '', {value: content, ...ordinary})
  else if (Array.isArray(holder)) holder.splice(Number(key), 1)
  else delete holder[key ?? '']
  return copy
}

const strange = [...' %/:@?#[]{}<>"\'\\^`|$.-_+~=,;&!*()0aAéß😀\t\n\u00A0\uFEFF']

/** A text with one character more, less or another. @param {string} text @param {(limit: number) => number} pick */
function bent(text, pick) {
  const place = pick(text.length + 1)
  const letter = strange[pick(strange.length)] ?? ''
  const kind = pick(3)
  return `${text.slice(0, place)}${kind === 0 ? '' : letter}${text.slice(place + (kind === 1 ? 0 : 1))}`
}

/**
 * One mutant of a document.
 *
 * @param {Json} document @param {(limit: number) => number} pick @param {Map<string, Map<string, Json>>} found values that
 *   the registry's own tests have for members of that name
 * @returns {Json}
 */
export function mutant(document, pick, found) {
  const all = [...places(document)]
  const path = all[pick(all.length)] ?? []
  const value = at(document, path)
  const name = String(path.findLast(key => typeof key === 'string'))
  const kind = pick(12)
  if (kind === 0) return changed(document, path, undefined)
  if (kind <= 2) return withMember(document, {path, value, pick})
  if (kind <= 4 && typeof value === 'string') return changed(document, path, bent(value, pick))
  if (kind === 5) return renamed(document, path, pick)
  if (kind <= 7) return changed(document, path, anything[pick(anything.length)] ?? null)
  const known = [...(Object.hasOwn(fitting, name) ? (fitting[name] ?? []) : []), ...(found.get(name)?.values() ?? [])]
  return changed(
    document,
    path,
    known.length === 0 ? (anything[pick(anything.length)] ?? null) : (known[pick(known.length)] ?? null),
  )
}

/** @param {Json} document @param {{path: Path, value: Json, pick: (limit: number) => number}} place */
function withMember(document, {path, value, pick}) {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  const member = members[pick(members.length)] ?? ''
  const contents = [
    true,
    false,
    'x',
    'https://example.com',
    null,
    {},
    [],
    [{name: 'A', value: 'b'}],
    {a: {isSecret: true}},
  ]
  const content = contents[pick(contents.length)] ?? null
  return changed(document, isObject ? [...path, member] : [member], content)
}

// A member with a name that is nearly right.
/** @param {Json} document @param {Path} path @param {(limit: number) => number} pick */
function renamed(document, path, pick) {
  const key = path.at(-1)
  if (typeof key !== 'string') return changed(document, path, undefined)
  const names = [
    key.toUpperCase(), key.toLowerCase(), `${key}s`, key.slice(0, -1), key.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`), bent(key, pick),
    key.replace(/^./, letter => letter.toUpperCase()), key.replace('s', 'ſ'), key.replace(/(.)(.)$/, '$2$1'),
  ] // prettier-ignore
  const name = names[pick(names.length)] ?? key
  const value = at(document, path)
  const without = changed(document, path, undefined)
  // What two spellings of one name mean depends on their order, so that no document has both.
  const siblings = Object.keys(/** @type {object} */ (at(without, path.slice(0, -1))))
  if (siblings.some(each => each.toLowerCase() === name.toLowerCase())) return without
  return changed(without, [...path.slice(0, -1), name], value)
}

/**
 * What members of each name have in documents, for use elsewhere.
 *
 * @param {readonly Json[]} documents @returns {Map<string, Map<string, Json>>}
 */
export function valuesByName(documents) {
  /** @type {Map<string, Map<string, Json>>} */
  const values = new Map()
  for (const document of documents) {
    for (const path of places(document)) {
      const name = path.at(-1)
      const value = at(document, path)
      if (typeof name !== 'string') continue
      const known = values.get(name) ?? new Map()
      values.set(name, known.set(JSON.stringify(value), value))
    }
  }
  return values
}

import {createHash, generateKeyPairSync, sign} from 'node:crypto'
import {mkdir, readFile, writeFile} from 'node:fs/promises'
import http from 'node:http'
import {join, normalize} from 'node:path'
import {type Listening, listen} from './sigstore-ports'

/** Writes a TUF repository (spec 1.0, one key, consistent snapshots) that offers the files under their names. */
export async function writeTufRepository(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  const {publicKey, privateKey} = generateKeyPairSync('ed25519')
  const raw = publicKey.export({type: 'spki', format: 'der'}).subarray(-32)
  const key = {keytype: 'ed25519', scheme: 'ed25519', keyval: {public: raw.toString('hex')}}
  const keyid = sha256(canonical(key))
  const expires = new Date(Date.now() + 30 * 86_400_000).toISOString().replace(/\.\d+Z$/, 'Z')
  const put = async (name: string, type: string, content: object) => {
    const signed = {_type: type, spec_version: '1.0', version: 1, expires, ...content}
    const sig = sign(null, Buffer.from(canonical(signed)), privateKey).toString('hex')
    const text = JSON.stringify({signatures: [{keyid, sig}], signed})
    await writeFile(join(folder, name), text)
    return {version: 1, length: Buffer.byteLength(text), hashes: {sha256: sha256(text)}}
  }
  await mkdir(join(folder, 'targets'), {recursive: true})
  const role = {keyids: [keyid], threshold: 1}
  const roles = {root: role, targets: role, snapshot: role, timestamp: role}
  const root = {consistent_snapshot: true, keys: {[keyid]: key}, roles}
  await put('1.root.json', 'root', root)
  await writeFile(join(folder, 'root.json'), await readFile(join(folder, '1.root.json')))
  const targets: Record<string, object> = {}
  for (const [name, path] of Object.entries(files)) {
    const content = await readFile(path)
    const hash = sha256(content)
    await writeFile(join(folder, 'targets', `${hash}.${name}`), content)
    targets[name] = {length: content.length, hashes: {sha256: hash}}
  }
  const meta = await put('1.targets.json', 'targets', {targets})
  const snapshot = await put('1.snapshot.json', 'snapshot', {meta: {'targets.json': meta}})
  await put('timestamp.json', 'timestamp', {meta: {'snapshot.json': snapshot}})
}

/** Serves the files of a folder on loopback. */
export function serveFolder(folder: string): Promise<Listening> {
  return listen(
    http.createServer((request, response) => {
      const {pathname} = new URL(request.url ?? '/', 'http://localhost')
      readFile(join(folder, normalize(decodeURIComponent(pathname)))).then(
        content => response.writeHead(200).end(content),
        () => response.writeHead(404).end(),
      )
    }),
  )
}

// TUF signs JSON with sorted keys and no spaces.
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

import {existsSync, mkdtempSync, readFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, expect, test} from '@jest/globals'
import {download, type DownloadPolicy} from './download'
import {
  content,
  stalled,
  startServer,
  status,
  truncated,
  type Answer,
  type ReleaseServer,
} from './testing/release-server'

const policy: DownloadPolicy = {
  attempts: 3,
  delay: 5,
  longestDelay: 20,
  idle: 5_000,
  deadline: 10_000,
  maxBytes: 1_000_000,
}
const servers: ReleaseServer[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function fetchFrom(script: readonly Answer[], changed: Partial<DownloadPolicy> = {}) {
  const server = await startServer(...script)
  servers.push(server)
  const path = join(mkdtempSync(join(tmpdir(), 'download-')), 'file')
  const done = download(new URL(`${server.base}/file`), path, {...policy, ...changed})
  return {server, path, done}
}

test('a file arrives whole', async () => {
  const {path, done} = await fetchFrom([content('the content')])
  await done
  expect(readFileSync(path, 'utf8')).toBe('the content')
})

test('a server error is tried again', async () => {
  const {server, path, done} = await fetchFrom([status(503), status(500), content('the content')])
  await done
  expect(readFileSync(path, 'utf8')).toBe('the content')
  expect(server.requests).toHaveLength(3)
})

test('a server that keeps failing is given up after three attempts and leaves no file', async () => {
  const {server, path, done} = await fetchFrom([status(503)])
  await expect(done).rejects.toMatchObject({
    code: 'DOWNLOAD',
    message: `${server.base}/file: the server answered 503 (3 attempts)`,
  })
  expect(server.requests).toHaveLength(3)
  expect(existsSync(path)).toBe(false)
})

test('a missing file is not asked for again', async () => {
  const {server, done} = await fetchFrom([status(404)])
  await expect(done).rejects.toMatchObject({message: `${server.base}/file: the server answered 404`})
  expect(server.requests).toHaveLength(1)
})

test('a redirect is followed', async () => {
  const {server, path, done} = await fetchFrom([status(302, {location: '/elsewhere'}), content('moved')])
  await done
  expect(readFileSync(path, 'utf8')).toBe('moved')
  expect(server.requests).toEqual(['/file', '/elsewhere'])
})

test('a redirect without end is given up', async () => {
  const {done} = await fetchFrom([status(302, {location: '/file'})])
  await expect(done).rejects.toMatchObject({
    code: 'DOWNLOAD',
    message: expect.stringContaining('redirects without end'),
  })
})

test('a redirect to anything but the web is refused', async () => {
  const {server, done} = await fetchFrom([status(302, {location: 'file:///etc/passwd'})])
  await expect(done).rejects.toMatchObject({message: expect.stringContaining('the server redirects to file')})
  expect(server.requests).toHaveLength(1)
})

test('a broken connection is tried again', async () => {
  const {path, done} = await fetchFrom([truncated('the content'), content('the content')])
  await done
  expect(readFileSync(path, 'utf8')).toBe('the content')
})

test('a file that always breaks off is an error and leaves no file', async () => {
  const {path, done} = await fetchFrom([truncated('the content')])
  await expect(done).rejects.toMatchObject({
    code: 'DOWNLOAD',
    message: expect.stringContaining('the connection broke before the end of the file (3 attempts)'),
  })
  expect(existsSync(path)).toBe(false)
})

test('a silent server is given up after the idle time', async () => {
  const {path, done} = await fetchFrom([stalled('the content')], {idle: 80, attempts: 2})
  await expect(done).rejects.toMatchObject({message: expect.stringContaining('no data for 0.08 s (2 attempts)')})
  expect(existsSync(path)).toBe(false)
})

test('a server that never answers is given up after the idle time', async () => {
  const {done} = await fetchFrom([() => undefined], {idle: 80, attempts: 1})
  await expect(done).rejects.toMatchObject({code: 'DOWNLOAD', message: expect.stringContaining('timeout')})
})

test('a drip of bytes ends with the total time', async () => {
  const drip: Answer = response => {
    response.writeHead(200, {'content-length': 1_000})
    const timer = setInterval(() => response.write('x'), 20)
    response.on('close', () => clearInterval(timer))
  }
  const {path, done} = await fetchFrom([drip], {deadline: 300})
  await expect(done).rejects.toMatchObject({message: expect.stringContaining('not complete after 1 s')})
  expect(existsSync(path)).toBe(false)
})

test('a file beyond the size limit is refused at once', async () => {
  const {server, path, done} = await fetchFrom([content('the content')], {maxBytes: 4})
  await expect(done).rejects.toMatchObject({message: `${server.base}/file: larger than 4 bytes`})
  expect(server.requests).toHaveLength(1)
  expect(existsSync(path)).toBe(false)
})

test('a dead server is named with the reason', async () => {
  const server = await startServer(content(''))
  await server.close()
  const path = join(mkdtempSync(join(tmpdir(), 'download-')), 'file')
  await expect(download(new URL(`${server.base}/file`), path, {...policy, attempts: 1})).rejects.toMatchObject({
    code: 'DOWNLOAD',
    message: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/file: .*ECONNREFUSED/),
  })
})

test('user name and password go to the server and into no message', async () => {
  const seen: (string | undefined)[] = []
  const server = await startServer((response, request) => {
    seen.push(request.headers.authorization)
    response.writeHead(403).end()
  })
  servers.push(server)
  const url = new URL(`${server.base}/file`)
  url.username = 'reader'
  url.password = 'p@ss'
  const path = join(mkdtempSync(join(tmpdir(), 'download-')), 'file')
  await expect(download(url, path, policy)).rejects.toMatchObject({
    message: `${server.base}/file: the server answered 403`,
  })
  expect(seen).toEqual([`Basic ${Buffer.from('reader:p@ss').toString('base64')}`])
})

test('user name and password do not follow a redirect to another server', async () => {
  const seen: (string | undefined)[] = []
  const other = await startServer((response, request) => {
    seen.push(request.headers.authorization)
    response.end('moved')
  })
  const server = await startServer(status(302, {location: `${other.base}/file`}))
  servers.push(server, other)
  const url = new URL(`${server.base}/file`)
  url.username = 'reader'
  const path = join(mkdtempSync(join(tmpdir(), 'download-')), 'file')
  await download(url, path, policy)
  expect(readFileSync(path, 'utf8')).toBe('moved')
  expect(seen).toEqual([undefined])
})

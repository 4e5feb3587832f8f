import {mkdtempSync, writeFileSync} from 'node:fs'
import {type RequestListener, createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {type FileUpload, sendFile} from './file-upload'

const path = join(mkdtempSync(join(tmpdir(), 'upload-')), 'file')
const size = 3_000_000
writeFileSync(path, Buffer.alloc(size, 'x'))

async function withServer<T>(answer: RequestListener, use: (upload: FileUpload) => Promise<T>): Promise<T> {
  const server = createServer(answer)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/upload?name=a`)
  try {
    return await use({url, path, size, headers: {'content-type': 'text/plain'}, timeout: 300})
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

test('the whole file arrives with its length, not in chunks', async () => {
  const answer = await withServer((request, response) => {
    let bytes = 0
    request.on('data', (chunk: Buffer) => (bytes += chunk.length))
    request.on('end', () => {
      const {'content-length': length, 'transfer-encoding': encoding} = request.headers
      response.writeHead(201).end(`${bytes} ${length ?? ''} ${encoding ?? 'plain'}`)
    })
  }, sendFile)
  expect(answer).toMatchObject({status: 201, text: `${size} ${size} plain`})
})

test('a refusal before the end of the file is the answer', async () => {
  const answer = await withServer((request, response) => {
    response.writeHead(422, {'x-github-request-id': 'F0'}).end('{}')
    request.resume()
  }, sendFile)
  expect(answer).toMatchObject({status: 422, headers: {'x-github-request-id': 'F0'}})
})

test('a server that stops reading is given up after the time without progress', async () => {
  const sending = withServer(() => undefined, sendFile)
  await expect(sending).rejects.toMatchObject({outcome: 'unknown', message: 'POST /upload: no progress for 0.3 s'})
})

test('a file that has another size than when it was hashed is not sent', async () => {
  const sending = withServer(
    () => undefined,
    upload => sendFile({...upload, size: size + 1}),
  )
  await expect(sending).rejects.toMatchObject({
    code: 'FILE_CHANGED',
    message: `${path}: has 3000000 bytes now, and had 3000001 when it was hashed`,
    hint: 'Let no other step write the files while they are uploaded.',
  })
})

import {type ServerResponse, createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {setTimeout as sleep} from 'node:timers/promises'
import {expect, test} from '@jest/globals'
import {idleFetch} from './idle-fetch'
import {toolkitAgent, toolkitFetch} from './toolkit-fetch'

/** What `idleFetch` with half a second makes of an answer. */
async function fetched(answer: (response: ServerResponse) => void | Promise<void>): Promise<string> {
  const server = createServer((_, response) => void answer(response))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const fetchWithin = idleFetch(toolkitFetch(url, toolkitAgent(url)), 500)
    const response = await fetchWithin(url, {})
    return `${response.status} ${await response.text()}`
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

test('an answer that goes on takes longer than the time without progress', async () => {
  const slow = async (response: ServerResponse) => {
    for (let at = 0; at < 6; at++) {
      response.write(String(at))
      await sleep(120)
    }
    response.end()
  }
  expect(await fetched(slow)).toBe('200 012345')
})

test.each([
  ['never begins', () => undefined],
  ['stops on the way', (response: ServerResponse) => void response.write('half')],
])('an answer that %s is given up', async (_, answer) => {
  await expect(fetched(answer)).rejects.toMatchObject({name: 'TimeoutError', message: 'no progress for 0.5 s'})
})

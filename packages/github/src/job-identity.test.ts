import http from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterEach, expect, test} from '@jest/globals'
import {jobClaims} from './job-identity'
import {patience} from './persistence'

const servers: http.Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

const policy = {...patience, attempts: 3, delay: 1, longestDelay: 2}
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = `${part({alg: 'RS256'})}.${part({repository_id: '7', iat: 1})}.x`

/** A service that gives these answers, one after the other, and the last one again and again. */
async function serve(...answers: readonly (readonly [number, string])[]): Promise<{url: string; asked: string[]}> {
  const asked: string[] = []
  const server = http.createServer((request, response) => {
    const [status, body] = answers[Math.min(asked.length, answers.length - 1)] ?? [500, '']
    asked.push(`${request.url ?? ''} ${request.headers.authorization ?? ''}`)
    response.writeHead(status, {'content-type': 'application/json'}).end(body)
  })
  servers.push(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token?api-version=2.0`, asked}
}

const told = () => {
  const [warnings, secrets]: [string[], string[]] = [[], []]
  return {
    warnings,
    secrets,
    tell: {warn: (line: string) => warnings.push(line), mask: (text: string) => secrets.push(text)},
  }
}

test('the claims of the job come from its token, which is masked; trouble that ends is waited for', async () => {
  const {url, asked} = await serve([503, ''], [200, '{"value": '], [200, JSON.stringify({count: 1, value: token})])
  const {secrets, tell} = told()
  expect(await jobClaims({url, token: 'secret', audience: 'sigstore'}, policy, tell)).toEqual({repository_id: '7'})
  expect(asked).toEqual(Array.from({length: 3}, () => '/token?api-version=2.0&audience=sigstore Bearer secret'))
  expect(secrets).toEqual([token])
})

test.each([
  ['a refusal', [401, '{"message": "bad token"}'], 'GITHUB_REFUSED', 1],
  ['an answer without a token', [200, '{}'], 'GITHUB_UNREACHABLE', 3],
  ['a token that cannot be read', [200, '{"value": "x"}'], 'GITHUB_UNREACHABLE', 1],
] as const)('%s is an error', async (_, answer, code, times) => {
  const {url, asked} = await serve(answer)
  await expect(jobClaims({url, token: 'secret', audience: 'x'}, policy, told().tell)).rejects.toMatchObject({code})
  expect(asked).toHaveLength(times)
})

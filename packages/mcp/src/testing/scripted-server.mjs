// @ts-check
// A server that answers each method as its only argument says: JSON of an object with what to send for a method, or with
// a list of that, one after the other, the last one again and again. `raw` is sent as it is, with `ID` for the request's.
import {createInterface} from 'node:readline'
import process from 'node:process'

/** @type {Record<string, object | object[]>} */
const {older, ...script} = JSON.parse(process.argv[2] ?? '{}')
/** @type {Map<string, number>} */
const asked = new Map()

for await (const line of createInterface({input: process.stdin})) {
  const {id, method} = JSON.parse(line)
  if (id === undefined || method === undefined) continue
  if (method === 'initialize') Object.assign(script, older)
  const answers = [script[method] ?? {error: {code: -32601, message: 'Method not found'}}].flat()
  const at = asked.get(method) ?? 0
  asked.set(method, at + 1)
  const answer = answers[Math.min(at, answers.length - 1)] ?? {}
  if ('raw' in answer) process.stdout.write(`${String(answer.raw).replaceAll('"ID"', JSON.stringify(id))}\n`)
  else if ('exit' in answer) process.exit(Number(answer.exit))
  else if (!('silent' in answer)) process.stdout.write(`${JSON.stringify({jsonrpc: '2.0', id, ...answer})}\n`)
}

// @ts-check
// Servers that are right but for one thing, for both eras of the protocol: scripts for scripted-server.mjs. What each is
// worth is not said here: official clients say it.
import {
  callFaults,
  capabilityFaults,
  discoverFaults,
  infoFaults,
  itemFaults,
  modernFaults,
  openingFaults,
  rawAnswers,
} from './faults.mjs'

/** @typedef {Record<string, unknown>} Json */
/** @typedef {'legacy' | 'modern'} Era */
/** @typedef {{name: string, era: Era, script: Json, call?: boolean}} OneFault */

const serverInfo = {name: 'fixture', version: '1.0.0'}
const capabilities = {tools: {}, resources: {}, prompts: {}}
const cached = {resultType: 'complete', ttlMs: 0, cacheScope: 'public'}
const tool = {
  name: 'add',
  title: 'Add',
  description: 'Adds',
  inputSchema: {type: 'object', properties: {a: {type: 'integer'}}, required: ['a']},
  annotations: {title: 'Add', readOnlyHint: true},
}
const structured = {
  ...tool,
  name: 'sum',
  outputSchema: {type: 'object', properties: {sum: {type: 'integer'}}, required: ['sum']},
}

/** A server without a fault. @param {Era} era @returns {Record<string, {result: Json}>} */
export function healthyScript(era) {
  const own = era === 'modern' ? cached : {}
  const called = era === 'modern' ? {resultType: 'complete'} : {}
  const lists = {
    'tools/list': {result: {...own, tools: [tool, structured]}},
    'tools/call': {result: {...called, content: [{type: 'text', text: '3'}], structuredContent: {sum: 3}}},
    'resources/list': {result: {...own, resources: [{uri: 'file:///a', name: 'a', mimeType: 'text/plain'}]}},
    'resources/templates/list': {result: {...own, resourceTemplates: [{uriTemplate: 'file:///{a}', name: 'a'}]}},
    'prompts/list': {result: {...own, prompts: [{name: 'p', arguments: [{name: 'x', required: true}]}]}},
  }
  if (era === 'legacy')
    return {
      initialize: {result: {protocolVersion: '2025-11-25', capabilities, serverInfo, instructions: 'Add.'}},
      ...lists,
    }
  const _meta = {'io.modelcontextprotocol/serverInfo': serverInfo}
  return {
    'server/discover': {
      result: {...cached, supportedVersions: ['2026-07-28'], capabilities, instructions: 'Add.', _meta},
    },
    ...lists,
  }
}

/** A copy in which the place holds the value; without a value it is left out. @param {Json} script @param {string} place @param {unknown} value */
function changed(script, place, value) {
  const copy = structuredClone(script)
  const steps = place.split(' ')
  const last = steps.pop() ?? ''
  /** @type {Json} */
  let node = copy
  for (const step of steps) node = /** @type {Json} */ (node[step] ??= {})
  if (value === undefined) delete node[last]
  else node[last] = value
  return copy
}

/** @param {Era} era @param {string} place @param {readonly unknown[]} values @param {boolean} [call] @returns {OneFault[]} */
function variants(era, place, values, call = false) {
  return values.map(value => ({
    name: `${era}: ${place} = ${value === undefined ? 'left out' : JSON.stringify(value)}`,
    era,
    script: changed(healthyScript(era), place, value),
    ...(call ? {call} : {}),
  }))
}

/** @param {Era} era @returns {OneFault[]} */
function ofEra(era) {
  const opening = era === 'legacy' ? 'initialize' : 'server/discover'
  const info = era === 'legacy' ? 'serverInfo' : '_meta io.modelcontextprotocol/serverInfo'
  const list = healthyScript(era)['tools/list']?.result
  return [
    {name: `${era}: nothing`, era, script: healthyScript(era)},
    {name: `${era}: nothing, called`, era, script: healthyScript(era), call: true},
    // What a tool answers is compared with its schema when it is called.
    ...itemFaults.flatMap(([place, values]) => variants(era, place, values, place.includes('tools 1'))),
    ...capabilityFaults.flatMap(([place, values]) => variants(era, `${opening} result capabilities${place}`, values)),
    ...openingFaults.flatMap(([place, values]) => variants(era, `${opening} result ${place}`, values)),
    ...infoFaults.flatMap(([place, values]) => variants(era, `${opening} result ${info} ${place}`, values)),
    ...callFaults.flatMap(([place, values]) => variants(era, `tools/call ${place}`, values, true)),
    ...rawAnswers.map(raw => ({
      name: `${era}: tools/list as ${raw.trim()}`,
      era,
      script: {...healthyScript(era), 'tools/list': {raw: raw.replace('RESULT', JSON.stringify(list))}},
    })),
  ]
}

/** @returns {OneFault[]} */
function versions() {
  const healthy = healthyScript('modern')
  const legacy = healthyScript('legacy')
  const offers = (/** @type {unknown} */ data) => ({
    error: {code: -32022, message: 'Unsupported protocol version', data},
  })
  const older = ['2025-06-18', '2025-03-26', '2024-11-05', '2024-10-07', '2026-07-28', '1999-01-01', 7, null, undefined]
  const cases = /** @type {const} */ ([
    [
      'rejected once while offered',
      {...healthy, 'server/discover': [offers({supported: ['2026-07-28']}), healthy['server/discover']]},
    ],
    ['rejected always while offered', {...healthy, 'server/discover': offers({supported: ['2026-07-28']})}],
    [
      'rejected once while offered beside an older one',
      {...healthy, 'server/discover': [offers({supported: ['2025-11-25', '2026-07-28']}), healthy['server/discover']]},
    ],
    ['rejected, only a later one is offered', {...healthy, 'server/discover': offers({supported: ['2031-01-01']})}],
    [
      'rejected, only an older one is offered, which works',
      {...legacy, 'server/discover': offers({supported: ['2025-11-25']})},
    ],
    ['rejected without an offer, the older one works', {...legacy, 'server/discover': offers({})}],
    [
      'discover answers -32602, the older one works',
      {...legacy, 'server/discover': {error: {code: -32602, message: 'no'}}},
    ],
    [
      'discover answers -32021, the older one works',
      {...legacy, 'server/discover': {error: {code: -32021, message: 'no'}}},
    ],
    [
      'discover answers -32020, the older one works',
      {...legacy, 'server/discover': {error: {code: -32020, message: 'no'}}},
    ],
    [
      'discover offers only an older one, which works',
      {...legacy, 'server/discover': {result: {...cached, supportedVersions: ['2025-11-25'], capabilities}}},
    ],
    [
      'discover offers only a later one, an older one works',
      {...legacy, 'server/discover': {result: {...cached, supportedVersions: ['2031-01-01'], capabilities}}},
    ],
    ['discover answers something else, the older one works', {...legacy, 'server/discover': {result: {}}}],
    [
      'discover is malformed, the older one works',
      {
        ...legacy,
        'server/discover': {result: {...cached, supportedVersions: ['2026-07-28'], capabilities: [], instructions: 7}},
      },
    ],
    [
      'tools/list rejects the version once',
      {...healthy, 'tools/list': [offers({supported: ['2026-07-28']}), healthy['tools/list']]},
    ],
    [
      'the call goes on with its state',
      {...healthy, 'tools/call': [{result: {resultType: 'input_required', requestState: 'a'}}, healthy['tools/call']]},
    ],
    [
      'the call goes on with its state for ever',
      {...healthy, 'tools/call': {result: {resultType: 'input_required', requestState: 'a'}}},
    ],
    ['the call asks for nothing', {...healthy, 'tools/call': {result: {resultType: 'input_required'}}}],
    ['the call has another type of result', {...healthy, 'tools/call': {result: {resultType: 'other', content: []}}}],
    [
      'the call has no type of result',
      {...healthy, 'tools/call': {result: {content: [], structuredContent: {sum: 3}}}},
    ],
  ])
  return [
    ...cases.map(([name, script]) => ({
      name: `modern: ${name}`,
      era: /** @type {const} */ ('modern'),
      script,
      call: name.startsWith('the call'),
    })),
    ...older.map(version => ({
      name: `legacy: protocolVersion ${JSON.stringify(version)}`,
      era: /** @type {const} */ ('legacy'),
      script: changed(legacy, 'initialize result protocolVersion', version),
    })),
  ]
}

/** All of them. */
export function oneFaultServers() {
  return [
    ...ofEra('legacy'),
    ...ofEra('modern'),
    ...modernFaults.flatMap(([place, values]) => variants('modern', place, values)),
    ...discoverFaults.flatMap(([place, values]) => variants('modern', `server/discover result ${place}`, values)),
    ...versions(),
  ]
}

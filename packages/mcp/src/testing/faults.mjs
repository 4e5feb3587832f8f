// @ts-check
// What one-fault servers have wrong, or other than usual: a place in a result and the values that stand there, one server
// for each; `undefined`: left out. Some of it is right, so that what is allowed is seen to pass.

/** @typedef {readonly [string, readonly unknown[]][]} Faults */

/** @type {Faults} */
export const itemFaults = [
  ['tools/list result tools 0 name', [7, null, undefined]],
  ['tools/list result tools 0 title', [7, null, undefined, '']],
  ['tools/list result tools 0 description', [7, null, ['Adds'], undefined, '']],
  [
    'tools/list result tools 0 inputSchema',
    [undefined, null, [], true, {}, {type: 'string'}, {type: ['object']}, {type: 'object'}],
  ],
  ['tools/list result tools 0 inputSchema required', [['a'], [], null, 'a', [1]]],
  [
    'tools/list result tools 0 inputSchema $schema',
    ['http://json-schema.org/draft-07/schema#', 'https://json-schema.org/draft/2020-12/schema', 7, null],
  ],
  ['tools/list result tools 0 inputSchema properties', [null, [], {}, {a: true}, {a: 5}, {a: []}, {a: {}}]],
  [
    'tools/list result tools 1 outputSchema $schema',
    [
      'http://json-schema.org/draft-07/schema#',
      'http://json-schema.org/draft-07/schema',
      'https://json-schema.org/draft/2020-12/schema',
      'https://json-schema.org/draft/2019-09/schema',
      'http://json-schema.org/draft-06/schema#',
      'http://json-schema.org/draft-04/schema#',
      'https://example.com/schema',
    ],
  ],
  [
    'tools/list result tools 1 outputSchema properties sum',
    [
      {type: 'whole'},
      {pattern: '('},
      {$ref: '#/$defs/none'},
      {type: 'integer', format: 'int64'},
      {type: 'integer', 'x-order': 1},
      true,
    ],
  ],
  ['tools/list result tools 0 inputSchema additionalProperties', [false, true]],
  [
    'tools/list result tools 0 outputSchema',
    [
      null,
      'x',
      [],
      {type: 'array', items: {type: 'string'}},
      {anyOf: [{type: 'string'}]},
      {type: 'string'},
      {},
      true,
      {type: 'object', properties: null},
      {type: 'object', $schema: 7},
    ],
  ],
  ['tools/list result tools 0 annotations', [null, 'x', [], {}]],
  ['tools/list result tools 0 annotations readOnlyHint', ['yes', null, 1, false]],
  ['tools/list result tools 0 annotations destructiveHint', ['no', null]],
  ['tools/list result tools 0 annotations idempotentHint', [0]],
  ['tools/list result tools 0 annotations openWorldHint', ['true']],
  ['tools/list result tools 0 annotations title', [7, null]],
  ['tools/list result tools 0 annotations custom', [7]],
  [
    'tools/list result tools 0 icons',
    [
      null,
      {},
      [{src: 'https://example.com/i.png'}],
      [{}],
      [{src: 7}],
      [{src: 'a', sizes: '48x48'}],
      [{src: 'a', sizes: ['48x48'], theme: 'dark'}],
      [{src: 'a', theme: 'blue'}],
      [{src: 'a', mimeType: null}],
    ],
  ],
  ['tools/list result tools 0 execution', [{taskSupport: 'optional'}, {taskSupport: 'maybe'}, null, {}]],
  ['tools/list result tools 0 _meta', [null, {}, 'x', {a: 1}]],
  ['tools/list result tools 0 custom', ['anything']],
  ['tools/list result tools', [null, {}, undefined]],
  ['tools/list result tools 0', [null, 'add']],
  ['tools/list result nextCursor', [null, 7]],
  ['tools/list result _meta', [null, 'x', {}, {progressToken: 1.5}, {progressToken: 'a'}]],
  ['tools/list result custom', [7]],
  ['resources/list result resources', [null, undefined, []]],
  ['resources/list result resources 0 uri', [7, undefined, '', 'no uri']],
  ['resources/list result resources 0 name', [undefined, null, '']],
  ['resources/list result resources 0 title', [null, 7]],
  ['resources/list result resources 0 description', [null, 7]],
  ['resources/list result resources 0 mimeType', [null, 7]],
  ['resources/list result resources 0 size', ['10', null, 10, 1.5, 10.0]],
  [
    'resources/list result resources 0 annotations',
    [
      {audience: ['user']},
      {audience: ['system']},
      {audience: 'user'},
      {priority: 1},
      {priority: 2},
      {priority: '1'},
      {lastModified: '2026-01-12T15:00:58Z'},
      {lastModified: '2026-01-12T15:00:58+02:00'},
      {lastModified: 'yesterday'},
      {lastModified: '2026-01-12'},
    ],
  ],
  ['resources/list result nextCursor', [null, 7]],
  ['resources/templates/list result resourceTemplates', [null, undefined, []]],
  ['resources/templates/list result resourceTemplates 0 uriTemplate', [7, undefined]],
  ['resources/templates/list result resourceTemplates 0 name', [7, undefined]],
  ['resources/templates/list result resourceTemplates 0 description', [null]],
  ['prompts/list result prompts', [null, undefined, []]],
  ['prompts/list result prompts 0 name', [7, undefined]],
  ['prompts/list result prompts 0 title', [7]],
  ['prompts/list result prompts 0 description', [null, 7]],
  [
    'prompts/list result prompts 0 arguments',
    [
      null,
      {},
      [{}],
      [{name: 7}],
      [{name: 'x', required: 'yes'}],
      [{name: 'x', description: null}],
      [{name: 'x', title: 7}],
      [],
    ],
  ],
]

/** @type {Faults} */
export const capabilityFaults = [
  ['', [null, [], 'tools', {}, {tools: {}}, undefined]],
  [' tools', [true, null, [], {listChanged: true}, {listChanged: 'yes'}, {listChanged: null}]],
  [' resources', [true, {subscribe: 'yes'}, {subscribe: true}, {listChanged: 1}]],
  [' prompts', [null, {listChanged: 'no'}]],
  [' logging', [{}, true, null, []]],
  [' completions', [{}, true, 'x']],
  [' experimental', [{}, {a: {}}, {a: true}, []]],
  [' extensions', [{}, {'a/b': {}}, {'a/b': true}]],
  [' tasks', [{}, {list: {}, requests: {tools: {call: {}}}}, {list: true}, {requests: []}, true]],
  [' custom', [true]],
]

/** @type {Faults} */
export const openingFaults = [
  ['instructions', [7, null, ['Add.'], undefined, '']],
  ['_meta', [null, 'x']],
  ['custom', [7]],
]
/** @type {Faults} */
export const infoFaults = [
  ['name', [7, null, undefined, '']],
  ['version', [7, null, undefined, '']],
  ['title', [7, null]],
  ['icons', ['x', [{src: 'a'}]]],
  ['websiteUrl', [7, 'example.com']],
  ['description', [null, 'It adds.']],
]

/** @type {readonly unknown[]} */
const contents = [
  undefined,
  null,
  'done',
  {},
  [],
  ['done'],
  [null],
  [{type: 'text'}],
  [{type: 'text', text: 7}],
  [{type: 'text', text: null}],
  [{type: 'text', text: ''}],
  [{text: 'no type'}],
  [{type: 'json', json: {}}],
  [{type: 'text', text: 'a', annotations: null}],
  [{type: 'text', text: 'a', annotations: {priority: 1.5}}],
  [{type: 'text', text: 'a', annotations: {audience: ['assistant'], priority: 0.5}}],
  [{type: 'text', text: 'a', _meta: null}],
  [{type: 'text', text: 'a', custom: 1}],
  [{type: 'image', data: 'AAAA', mimeType: 'image/png'}],
  [{type: 'image', data: 'AAAA'}],
  [{type: 'image', data: '!!!', mimeType: 'image/png'}],
  [{type: 'image', data: '', mimeType: 'image/png'}],
  [{type: 'image', data: 'https://example.com/a.png', mimeType: 'image/png'}],
  [{type: 'audio', data: 'AAAA', mimeType: 'audio/wav'}],
  [{type: 'audio', data: 7, mimeType: 'audio/wav'}],
  [{type: 'resource_link', uri: 'file:///a', name: 'a'}],
  [{type: 'resource_link', uri: 'file:///a'}],
  [{type: 'resource', resource: {uri: 'file:///a', text: 'a'}}],
  [{type: 'resource', resource: {uri: 'file:///a', blob: 'AAAA'}}],
  [{type: 'resource', resource: {uri: 'file:///a'}}],
  [{type: 'resource', resource: {text: 'a'}}],
  [{type: 'resource', resource: {uri: 'file:///a', blob: '!!!'}}],
  [{type: 'resource'}],
  [{type: 'resource', resource: {uri: 'file:///a', text: 'a', mimeType: null}}],
]

/** @type {Faults} */
export const callFaults = [
  ['result content', contents],
  ['result isError', [false, null, 'false', 0]],
  ['result structuredContent', [undefined, null, [], 'x', {sum: '3'}, {}, {sum: 3, more: 1}]],
  ['result _meta', [null, {}, 'x']],
  ['result custom', [7]],
  ['result', [null, [], 'done', {}]],
]

// The envelope, which both eras share: https://www.jsonrpc.org/specification
export const rawAnswers = [
  '{"jsonrpc":"2.0","id":"ID","result":RESULT,"error":null}',
  '{"jsonrpc":"2.0","id":"ID","result":RESULT,"extra":1}',
  '{"id":"ID","result":RESULT}',
  '{"jsonrpc":2.0,"id":"ID","result":RESULT}',
  '[{"jsonrpc":"2.0","id":"ID","result":RESULT}]',
  '{"jsonrpc":"2.0","id":"ID","result":RESULT}\r',
  '{ "jsonrpc" : "2.0", "result" : RESULT, "id" : "ID" }',
  '{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"x"}}\n{"jsonrpc":"2.0","id":"ID","result":RESULT}',
  '{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}\n{"jsonrpc":"2.0","id":"ID","result":RESULT}',
]

// Beside what any result may lack.
/** @type {Faults} */
export const modernFaults = ['tools/list', 'resources/list', 'resources/templates/list', 'prompts/list'].flatMap(
  method => [
    [`${method} result resultType`, [undefined, null, 'other', 'input_required', 7]],
    [`${method} result ttlMs`, [undefined, null, -1, 1.5, '0', 3_600_000]],
    [`${method} result cacheScope`, [undefined, null, 'shared', 'private']],
  ],
)
/** @type {Faults} */
export const discoverFaults = [
  ['resultType', [undefined]],
  ['ttlMs', [undefined, -1]],
  ['cacheScope', [undefined, 'shared']],
  [
    'supportedVersions',
    [undefined, null, '2026-07-28', [], ['2025-11-25'], ['2026-07-28', 7], ['2025-11-25', '2026-07-28']],
  ],
  ['_meta', [undefined, {}, {'io.modelcontextprotocol/serverInfo': {name: 'fixture'}}]],
]

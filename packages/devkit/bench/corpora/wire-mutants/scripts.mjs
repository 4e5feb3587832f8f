// @ts-check
// What a server without a fault answers, with every member that the schemas of its era name.

/** @typedef {Record<string, any>} Json */

const icons = [{src: 'https://example.com/i.png', mimeType: 'image/png', sizes: ['48x48', 'any'], theme: 'light'}]
const serverInfo = {
  ...{name: 'fixture', version: '1.0.0', title: 'Fixture', description: 'It adds.', icons},
  websiteUrl: 'https://example.com',
}
const annotations = {audience: ['user', 'assistant'], priority: 0.5, lastModified: '2026-01-12T15:00:58Z'}
const described = {title: 'A', description: 'It is a.', annotations, icons, mimeType: 'text/plain', _meta: {x: 1}}
const resource = {...described, uri: 'file:///a', name: 'a', size: 3}
const content = [
  {type: 'text', text: '3', annotations, _meta: {}},
  {type: 'image', data: 'AAAA', mimeType: 'image/png', annotations},
  {type: 'audio', data: 'AAAA', mimeType: 'audio/wav'},
  {type: 'resource_link', ...resource},
  {type: 'resource', resource: {uri: 'file:///a', mimeType: 'text/plain', text: 'a', _meta: {}}, annotations},
  {type: 'resource', resource: {uri: 'file:///a', blob: 'AAAA'}},
]

/** @param {'legacy' | 'modern'} era @returns {Record<string, Json>} by method, the result */
export function richScript(era) {
  const isModern = era === 'modern'
  const cached = isModern ? {resultType: 'complete', ttlMs: 0, cacheScope: 'public'} : {}
  const complete = isModern ? {resultType: 'complete'} : {}
  const tasks = {list: {}, cancel: {}, requests: {tools: {call: {}}}}
  const capabilities = {
    ...{tools: {listChanged: true}, resources: {subscribe: true, listChanged: true}, prompts: {listChanged: true}},
    ...{logging: {}, completions: {}, experimental: {a: {}}, extensions: {'a/b': {c: 1}}},
    ...(isModern ? {} : {tasks}),
  }
  const lists = {
    'tools/list': {...cached, tools: tools(isModern), _meta: {a: 1}},
    'tools/call': {...complete, content, structuredContent: {sum: 3}, isError: false, _meta: {}},
    'resources/list': {...cached, resources: [resource], _meta: {}},
    'resources/templates/list': {...cached, resourceTemplates: [{...described, uriTemplate: 'file:///{a}', name: 'a'}]},
    'prompts/list': {
      ...cached,
      prompts: [
        {
          ...{name: 'p', title: 'P', description: 'It asks.', icons, _meta: {}},
          arguments: [{name: 'x', title: 'X', description: 'What?', required: true}],
        },
      ],
    },
  }
  if (!isModern) {
    const initialize = {protocolVersion: '2025-11-25', capabilities, serverInfo, instructions: 'Add.', _meta: {}}
    return structuredClone({initialize, ...lists})
  }
  const _meta = {'io.modelcontextprotocol/serverInfo': serverInfo}
  const discovered = {...cached, supportedVersions: ['2026-07-28'], capabilities, instructions: 'Add.', _meta}
  return structuredClone({'server/discover': discovered, ...lists})
}

/** @param {boolean} isModern @returns {Json[]} */
function tools(isModern) {
  const tool = {
    ...{name: 'add', title: 'Add', description: 'It adds.', icons, _meta: {a: 1}},
    inputSchema: {
      ...{$schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object', required: ['a']},
      ...{properties: {a: {type: 'integer', description: 'A number'}}, additionalProperties: false},
    },
    annotations: {
      ...{title: 'Add', readOnlyHint: true, destructiveHint: false},
      ...{idempotentHint: true, openWorldHint: false},
    },
    ...(isModern ? {} : {execution: {taskSupport: 'optional'}}),
  }
  const outputSchema = {type: 'object', properties: {sum: {type: 'integer'}}, required: ['sum']}
  return [tool, {...tool, name: 'sum', outputSchema}]
}

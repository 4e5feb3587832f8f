import {expect, test} from '@jest/globals'
import {mcpNameProblem} from './mcp-name'

const name = 'io.github.o/demo'

// What the registry's validators accept: https://github.com/modelcontextprotocol/registry/tree/main/internal/validators/registries
test.each([
  `<!-- mcp-name: ${name} -->`,
  `mcp-name: ${name}`,
  `\`mcp-name: ${name}\``,
  `**mcp-name: ${name}**`,
  `[mcp-name: ${name}](x)`,
  `mcp-name: ${name}, and more`,
])('%s proves that a package belongs to the server', text => {
  expect(mcpNameProblem(`# Demo\n\n${text}\n`, name)).toBeUndefined()
})

test.each([
  [
    '# Demo',
    `does not name the server, by which the MCP Registry knows the owner; add the line <!-- mcp-name: ${name} -->`,
  ],
  [
    'mcp-name: io.github.o/other',
    `has "mcp-name: io.github.o/other", but server.json has the name "${name}"; write "mcp-name: ${name}" in its place, or set the name in server.json`,
  ],
  [`mcp-name: ${name}-server`, `has "mcp-name: ${name}-server", but server.json has the name "${name}"; write`],
  [`mcp-name: ${name}.`, `has "mcp-name: ${name}" with "." after it; put it on a line of its own`],
])('%s does not, and the remedy is told', (text, problem) => {
  expect(mcpNameProblem(text, name)).toContain(problem)
})

test('the page of a crate is shown without comments', () => {
  expect(mcpNameProblem(`<!-- mcp-name: ${name} -->`, name, {hidesComments: true})).toContain('make it visible')
})

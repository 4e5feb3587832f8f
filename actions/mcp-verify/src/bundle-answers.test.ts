import {expect, test} from '@jest/globals'
import type {StartRecipe} from '@mcp-release/release-model'
import {shapedAnswers} from './bundle-answers'

const text = {type: 'string', title: 't', description: 'd'} as const
const recipe: StartRecipe = {
  args: [
    {value: '--db=sqlite:///x', origin: 'asked', prefix: '--db='},
    {value: 'postgresql://dummy:dummy@localhost:9/mydb', origin: 'asked'},
  ],
  env: {ACME_TOKEN: {value: 'acme_dummy', origin: 'asked', secret: true}},
  transport: 'stdio',
  source: 'README.md, line 28',
}

// The bundle of @modelcontextprotocol/server-postgres 0.6.2 reads its only argument as a URL, which `dummy` is not.
test('questions are answered with what the plan made up for their place', () => {
  const asking = {
    args: ['${__dirname}/dist/index.js', '--db=${user_config.db}', '${user_config.argument_1}'],
    env: {ACME_TOKEN: '${user_config.acme_token}'},
    options: {db: text, argument_1: text, acme_token: {...text, sensitive: true}},
  }
  expect(shapedAnswers(asking, [recipe])).toEqual({
    db: 'sqlite:///x',
    argument_1: 'postgresql://dummy:dummy@localhost:9/mydb',
    acme_token: 'acme_dummy',
  })
})

test('without a plan they are answered by their names; defaults, folders and numbers are left alone', () => {
  const options = {
    base_url: text,
    api_key: {...text, sensitive: true},
    hosts: {...text, multiple: true},
    level: {...text, default: 'info'},
    folder: {...text, type: 'directory' as const},
    count: {...text, type: 'number' as const},
    vault_path: text,
  }
  expect(shapedAnswers({options}, [])).toEqual({base_url: 'http://localhost:9', api_key: 'dummy', hosts: ['dummy']})
})

import {expect, test} from '@jest/globals'
import {missingFor, supplied} from './attempts'

const bare = {args: [], env: {}, source: 'without arguments'}

// https://docs.pydantic.dev/latest/concepts/pydantic_settings/#changing-environment-variable-prefix: the prefix stands in
// the code alone.
test('a field of pydantic-settings is tried with the name of the package before it', () => {
  const words = 'ValidationError: 1 validation error for Settings\napi_key\n  Field required [type=missing]\n'
  const tried = (given: Readonly<Record<string, string>>) =>
    missingFor({args: [], env: given}, words, 'weather-mcp').variables
  expect(tried({})).toEqual(['API_KEY'])
  expect(tried({API_KEY: 'dummy'})).toEqual(['WEATHER_API_KEY'])
  expect(tried({API_KEY: 'dummy', WEATHER_API_KEY: 'dummy'})).toEqual(['WEATHER_MCP_API_KEY'])
})

test('values have the shape that their names ask for, and what was given is not given again', () => {
  const words = 'ACME_URL environment variable is required'
  const first = supplied(bare, words, 'acme')
  expect(first).toMatchObject({option: {env: {ACME_URL: 'http://localhost:9'}}, names: ['ACME_URL']})
  expect(supplied({...bare, ...first?.option}, words, 'acme')).toBeUndefined()
  const argument = supplied(bare, 'Please provide a database URL as a command-line argument', 'postgres')
  expect(argument).toMatchObject({option: {args: ['postgresql://dummy:dummy@localhost:9/dummy']}})
})

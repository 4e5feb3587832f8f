import {expect, test} from '@jest/globals'
import {fillPlaces, packageFor, readStartableServer, startValues} from './index'

const base = {registryType: 'npm', identifier: 'x'}
const variable = (rest: object) =>
  startValues(packageOf({environmentVariables: [{name: 'A', isRequired: true, ...rest}]}))
const positional = (rest: object) => startValues(packageOf({packageArguments: [{type: 'positional', ...rest}]}))

function packageOf(rest: object) {
  const [found] = readStartableServer(JSON.stringify({name: 'a/b', packages: [{...base, ...rest}]}))?.packages ?? []
  if (found === undefined) throw new Error('none')
  return found
}

test.each([
  ['a default', {default: 'd', placeholder: 'p', choices: ['c']}, 'd'],
  ['a placeholder', {placeholder: 'p', choices: ['c']}, 'p'],
  ['the first choice', {choices: ['c', 'd']}, 'c'],
  ['a secret', {isSecret: true}, 'dummy'],
  ['a number', {format: 'number', placeholder: 'a number'}, '1'],
  ['a number from its placeholder', {format: 'number', placeholder: '8'}, '8'],
  ['a boolean', {format: 'boolean'}, 'false'],
  ['a folder', {format: 'filepath', placeholder: '/path/to/folder'}, '${folder}'],
  ['a file', {format: 'filepath', description: 'A file with settings'}, '${file}'],
  ['a URL', {name: 'BASE_URL'}, 'http://localhost:9'],
  ['a fixed value', {value: 'v', default: 'd'}, 'v'],
  ['a value with variables', {value: 'Bearer {key} {x}', variables: {key: {isSecret: true}}}, 'Bearer dummy {x}'],
])('%s of a required variable', (_, rest, value) => {
  expect(Object.values(variable(rest).env)).toEqual([value])
})

test('variables and arguments that nobody needs are left out', () => {
  expect(variable({isRequired: false, default: 'd'}).env).toEqual({})
  expect(positional({valueHint: 'path'}).args).toEqual([])
})

test.each([
  ['positional', {type: 'positional', isRequired: true, format: 'filepath', valueHint: 'root_folder'}, ['${folder}']],
  ['positional and fixed', {type: 'positional', value: 'serve'}, ['serve']],
  ['named', {type: 'named', name: '--level', isRequired: true, choices: ['info']}, ['--level', 'info']],
  ['a flag that is fixed', {type: 'named', name: '--stdio', value: ''}, ['--stdio', '']],
])('an argument that is %s', (_, argument, args) => {
  expect(startValues(packageOf({packageArguments: [argument]})).args).toEqual(args)
})

test.each([
  ['http://localhost:{PORT}/mcp', {args: ['--port', '${port}'], env: {PORT: '${port}'}, http: {path: '/mcp'}}],
  ['http://127.0.0.1:3000/', {args: [], env: {}, http: {path: '/', port: 3000}}],
])('a server behind %s', (url, values) => {
  const environmentVariables = [{name: 'PORT', format: 'number', default: '8080'}]
  const packageArguments = [{type: 'named', name: '--port', valueHint: 'PORT'}]
  const transport = {type: 'streamable-http', url}
  expect(startValues(packageOf({transport, environmentVariables, packageArguments}))).toEqual(values)
})

test('the package of an artifact is found by registry and name', () => {
  const names = [
    {registryType: 'pypi', identifier: 'a'},
    {registryType: 'npm', identifier: 'a'},
    {registryType: 'mcpb', identifier: 'https://x'},
  ]
  const server = readStartableServer(JSON.stringify({name: 'a/b', packages: names}))
  if (server === undefined) throw new Error('none')
  const find = (registryType: string, name: string) =>
    packageFor(server, {registryTypes: [registryType], is: identifier => identifier === name})?.registryType
  expect([find('npm', 'a'), find('npm', 'b'), find('oci', 'a')]).toEqual(['npm', undefined, undefined])
  const executable = {registryTypes: ['mcpb', 'cargo'], is: () => true}
  expect(packageFor(server, executable)?.registryType).toBe('mcpb')
  // What a container needs says nothing of an executable.
  const container = {...server, packages: server.packages.map(each => ({...each, registryType: 'oci'}))}
  expect(packageFor(container, executable)).toBeUndefined()
})

test('places are filled, other dollars are not', () => {
  const values = {port: '1', folder: '/f', file: '/g', process: 'p'}
  expect(fillPlaces('a ${port} ${folder}/${file} ${HOME} $port ${process}', values)).toBe('a 1 /f//g ${HOME} $port p')
})

test('what is no server.json is told from one with odd values', () => {
  expect(['', '[]', '{}', '{"name": 1}'].map(readStartableServer)).toEqual([undefined, undefined, undefined, undefined])
  const odd = {name: 'a/b', packages: [1, {environmentVariables: [{name: 'A', isRequired: true, default: 8080}, {}]}]}
  const [found] = readStartableServer(JSON.stringify(odd))?.packages ?? []
  expect(found === undefined ? undefined : startValues(found).env).toEqual({A: '8080'})
})

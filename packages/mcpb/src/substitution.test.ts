import {expect, test} from '@jest/globals'
import type {McpConfig, UserOption} from './manifest-schema'
import {type Installation, configOn, resolveConfig, variablesIn} from './substitution'
import {dummyUserConfig} from './user-config'

const place: Installation = {
  system: 'linux',
  folder: '/bundle',
  home: '/home/u',
  userConfig: {key: 'secret', many: ['/a b', '/c'], on: true, count: 3, work: '${HOME}/work'},
}

test.each<readonly [McpConfig, readonly string[]]>([
  [{command: '${__dirname}/server/demo'}, ['/bundle/server/demo']],
  [{command: 'node', args: ['${__dirname}${/}a${pathSeparator}b.js']}, ['node', '/bundle/a/b.js']],
  [
    {command: 'a', args: ['${HOME}', '${DESKTOP}', '${DOCUMENTS}', '${DOWNLOADS}']},
    ['a', '/home/u', '/home/u/Desktop', '/home/u/Documents', '/home/u/Downloads'],
  ],
  [
    {command: 'a', args: ['--key=${user_config.key}', '${user_config.on}', '${user_config.count}']},
    ['a', '--key=secret', 'true', '3'],
  ],
  [{command: 'a', args: ['${user_config.many}', 'x']}, ['a', '/a b', '/c', 'x']],
  [{command: 'a', args: ['--dirs=${user_config.many}']}, ['a', '--dirs=${user_config.many}']],
  [
    {command: 'a', args: ['${user_config.absent}', '${OTHER}', '$HOME']},
    ['a', '${user_config.absent}', '${OTHER}', '$HOME'],
  ],
  [{command: 'a', args: ['${user_config.work}']}, ['a', '/home/u/work']],
])('%j becomes %j', (config, expected) => {
  const {command, args} = resolveConfig(config, place)
  expect([command, ...args]).toEqual(expected)
})

test('a system replaces command, args and env each as a whole', () => {
  const config: McpConfig = {
    command: 'a',
    args: ['x'],
    env: {A: '1', B: '2'},
    platform_overrides: {win32: {command: 'a.exe', env: {A: '${__dirname}'}}, darwin: {args: []}},
  }
  expect(configOn(config, 'win32')).toEqual({command: 'a.exe', args: ['x'], env: {A: '${__dirname}'}})
  expect(configOn(config, 'darwin')).toEqual({command: 'a', args: [], env: {A: '1', B: '2'}})
  expect(configOn(config, 'linux')).toEqual({command: 'a', args: ['x'], env: {A: '1', B: '2'}})
  expect(resolveConfig(config, {...place, system: 'win32', folder: 'C:\\b'}).env).toEqual({A: 'C:\\b'})
})

// https://github.com/modelcontextprotocol/mcpb/blob/main/src/shared/config.ts takes `||` of both
test('an empty command of a system is none', () => {
  const config: McpConfig = {command: 'a', args: ['x'], platform_overrides: {win32: {command: '', args: ['y']}}}
  expect(configOn(config, 'win32')).toEqual({command: 'a', args: ['y'], env: {}})
})

test('a made-up user answers every option with something of its type', () => {
  const text = {title: 't', description: 'd'}
  const places = {directory: '/empty', file: '/empty.txt'}
  const options: Readonly<Record<string, UserOption>> = {
    key: {type: 'string', ...text, required: true},
    url: {type: 'string', ...text, default: 'https://example.org'},
    on: {type: 'boolean', ...text},
    off: {type: 'boolean', ...text, default: true},
    port: {type: 'number', ...text, min: 1024},
    small: {type: 'number', ...text, max: 0.5},
    dirs: {type: 'directory', ...text, multiple: true, default: ['${HOME}/Desktop']},
    file: {type: 'file', ...text},
    names: {type: 'string', ...text, multiple: true, default: ['a', 'b']},
  }
  expect(dummyUserConfig(options, places)).toEqual({
    key: 'dummy',
    url: 'https://example.org',
    on: false,
    off: true,
    port: 1024,
    small: 0.5,
    dirs: ['/empty'],
    file: '/empty.txt',
    names: ['a', 'b'],
  })
})

test('the variables in a text', () => {
  expect(variablesIn('a ${HOME} ${user_config.key}$X')).toEqual(['HOME', 'user_config.key'])
})

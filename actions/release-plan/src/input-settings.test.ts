import {expect, test} from '@jest/globals'
import {readInputs} from '@mcp-release/action-kit'
import {contract} from './action.gen'
import {effectiveSettings, settingsOfInputs} from './input-settings'
import {refine} from './inputs'

function said(inputs: Readonly<Record<string, string>>) {
  const env = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))
  const problems: string[] = []
  const settings = settingsOfInputs(readInputs(contract, env), problems)
  return {settings, problems, raw: readInputs(contract, env)}
}

test('every input that says something becomes the field of that name, and no input is no field', () => {
  expect(said({}).settings).toEqual({})
  const {settings, problems} = said({
    packages: 'a\nb',
    'exclude-packages': 'c',
    targets: 'linux/amd64\nlinux/amd64',
    image: 'never',
    'server-args': '--root\n${folder}',
    'server-env': 'A=b=c\nEMPTY=',
    network: 'on',
    timeout: '90',
    unverified: 'allow',
    strict: 'false',
    'changelog-section': 'required',
    'python-versions': '3.10',
  })
  expect(problems).toEqual([])
  expect(settings).toEqual({
    packages: ['a', 'b'],
    exclude: ['c'],
    targets: ['linux/amd64'],
    image: 'never',
    servers: {'*': {args: ['--root', '${folder}'], env: {A: 'b=c', EMPTY: ''}, network: 'on', timeout: 90}},
    unverified: 'allow',
    strict: false,
    changelog: 'required',
    'python-versions': ['3.10'],
  })
})

test('wrong values name their input, all at once', () => {
  const {problems} = said({
    targets: 'linux/mips',
    'server-env': 'a b',
    timeout: '0',
    'http-path': 'mcp',
    'sdk-versions': 'oldest',
  })
  expect(problems.slice(0, 2)).toEqual([
    'server-env: "a b" is not NAME=value',
    'targets: "linux/mips" is not a platform such as linux/amd64',
  ])
  expect(problems.slice(2).map(problem => problem.split(':')[0])).toEqual(['http-path', 'timeout', 'sdk-versions'])
})

test('what inputs say wins over the file, also over what it says of single packages', () => {
  const file = {
    targets: ['darwin/arm64' as const],
    strict: true,
    exclude: ['x'],
    servers: {
      '*': {env: {A: '1', B: '2'}, timeout: 30},
      tool: {args: ['own'], env: {A: '3'}, unverified: 'refuse' as const, network: 'off' as const},
    },
    builds: {tool: {targets: ['linux/386' as const], features: ['http']}},
  }
  const inputs = said({
    targets: 'linux/amd64',
    strict: 'false',
    'server-args': 'all',
    'server-env': 'A=9',
    unverified: 'allow',
  })
  expect(effectiveSettings(file, inputs.settings)).toEqual({
    targets: ['linux/amd64'],
    strict: false,
    exclude: ['x'],
    unverified: 'allow',
    servers: {
      '*': {args: ['all'], env: {A: '9', B: '2'}, timeout: 30},
      tool: {env: {A: '9'}, network: 'off'},
    },
    builds: {tool: {features: ['http']}},
  })
  expect(effectiveSettings(file, {})).toEqual(file)
})

test('the file decides what inputs leave open, and versions in it ask for the matrix', () => {
  const file = {image: 'never' as const, bundles: 'never' as const, 'node-versions': ['22']}
  const options = refine(said({}).raw, {ref: 'refs/tags/v1.0.0', file, problems: []})
  expect(options).toMatchObject({image: 'never', bundles: 'never', compatibility: true, settings: file})
  expect(options.targets).toHaveLength(6)
  expect(refine(said({image: 'auto'}).raw, {ref: undefined, file, problems: []}).image).toBe('auto')
})

test('problems of the file and of the inputs are told together', () => {
  const call = () => refine(said({toolchains: 'cobol'}).raw, {ref: undefined, file: {}, problems: ['f, line 1: bad']})
  expect(call).toThrow(/f, line 1: bad[^]*toolchains: "cobol"/)
})

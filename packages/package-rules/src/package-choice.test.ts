import {expect, test} from '@jest/globals'
import {type RegistryEntry, chooseBin, chooseScript, npxCommand} from './package-choice'

const entry = (registryType: 'npm' | 'pypi', identifier: string, more: Partial<RegistryEntry> = {}) => ({
  registryType,
  identifier,
  ...more,
})

// https://github.com/npm/cli/blob/latest/workspaces/libnpmexec/test/get-bin-from-manifest.js
test.each([
  ['one bin', 'demo', {other: 'a.js'}, 'other'],
  ['aliases of one file', 'demo', {b: 'a.js', a: 'a.js'}, 'b'],
  ['one of several is named like the package', 'demo', {a: 'a.js', demo: 'b.js'}, 'demo'],
  ['the scope does not count', '@scope/demo', {a: 'a.js', demo: 'b.js'}, 'demo'],
  ['none is named like the package', 'demo', {a: 'a.js', b: 'b.js'}, undefined],
  ['other spellings are other names', 'my-demo', {my_demo: 'a.js', b: 'b.js'}, undefined],
  ['words of all objects are no bins', 'constructor', {a: 'a.js', b: 'b.js'}, undefined],
  ['no bin', 'demo', {}, undefined],
])('npx: %s', (_, name, bins, command) => {
  expect(npxCommand(name, bins)).toBe(command)
})

const two = {a: 'a.js', b: 'b.js'}
const named = {a: 'a.js', demo: 'b.js'}

test.each([
  [two, {}, 'npx demo "could not determine executable to run": of a, b, none is named "demo"'],
  [two, {executable: 'b'}, 'b'],
  [two, {executable: 'c'}, 'has no command "c"; it has a, b'],
  [two, {told: 'b'}, 'b'],
  [two, {told: 'gone'}, 'npx demo "could not determine'],
  [
    two,
    {executable: 'b', entry: entry('npm', 'demo')},
    'server.json has clients start it by that name: npx demo "could',
  ],
  [
    two,
    {executable: 'b', entry: entry('npm', 'demo', {runtimeHint: 'npx'})},
    'server.json has clients start it by that',
  ],
  [two, {executable: 'b', entry: entry('npm', 'demo', {runtimeHint: 'docker'})}, 'b'],
  [two, {executable: 'b', entry: entry('npm', 'demo', {runtimeArguments: ['-p', 'demo', 'b']})}, 'b'],
  [
    named,
    {executable: 'a', entry: entry('npm', 'demo')},
    'server.json has clients run npx demo, which starts demo; the server is a',
  ],
  [named, {executable: 'a'}, 'a'],
  [named, {entry: entry('npm', 'demo')}, 'demo'],
  [{x: 'a.js', demo: 'a.js'}, {executable: 'x', entry: entry('npm', 'demo')}, 'x'],
])('the bin of %j with %j', (bins, wish, expected) => {
  const chosen = chooseBin(bins, {name: 'demo', ...wish})
  expect(typeof chosen === 'string' ? chosen : chosen.problem).toContain(expected)
})

// https://docs.astral.sh/uv/guides/tools/#commands-with-different-package-names; https://pipx.pypa.io/stable/how-to/run-applications/
const scripts = {'dash-demo': 'm:f', third: 'm:g'}
const underlined = {dash_demo: 'm:f', third: 'm:g'}
test.each([
  [scripts, {}, 'dash-demo'],
  [scripts, {entry: entry('pypi', 'dash-demo')}, 'dash-demo'],
  [underlined, {}, 'dash_demo'],
  [underlined, {entry: entry('pypi', 'dash_demo')}, 'dash_demo'],
  [
    underlined,
    {entry: entry('pypi', 'dash-demo')},
    'uvx dash-demo looks for a command of just that spelling, and it has "dash_demo"',
  ],
  [{'Dash-Demo': 'm:f', x: 'm:g'}, {entry: entry('pypi', 'dash-demo', {runtimeHint: 'uvx'})}, 'of just that spelling'],
  [{other: 'm:f'}, {}, 'uvx dash-demo finds no command of that name: it has other'],
  [{other: 'm:f'}, {executable: 'other'}, 'other'],
  [{other: 'm:f'}, {told: 'other'}, 'other'],
  [
    {other: 'm:f'},
    {told: 'other', entry: entry('pypi', 'dash-demo')},
    'server.json has clients start it by that name: uvx',
  ],
  [{other: 'm:f'}, {entry: entry('pypi', 'dash-demo', {runtimeHint: 'pipx'})}, 'other'],
  [
    {a: 'm:f', b: 'm:g'},
    {entry: entry('pypi', 'dash-demo', {runtimeHint: 'pipx'})},
    'pipx run dash-demo finds no command dash-demo: it has a, b',
  ],
  [
    {other: 'm:f'},
    {entry: entry('pypi', 'dash-demo', {runtimeArguments: ['--from', 'x']}), executable: 'other'},
    'other',
  ],
  [scripts, {executable: 'third', entry: entry('pypi', 'dash-demo')}, 'which starts dash-demo; the server is third'],
])('the script of %j with %j', (targets, wish, expected) => {
  const chosen = chooseScript(targets, {name: 'dash-demo', ...wish})
  expect(typeof chosen === 'string' ? chosen : chosen.problem).toContain(expected)
})

test('who cannot choose is told what mends it', () => {
  expect(chooseBin(two, {name: '@s/demo'})).toMatchObject({
    hint: expect.stringMatching(
      /Name one of "bin" in package.json "demo"[\s\S]*servers: \{"@s\/demo": \{executable: COMMAND\}\}/,
    ),
  })
  expect(chooseScript({other: 'm:f'}, {name: 'demo'})).toMatchObject({
    hint: expect.stringMatching(
      /\[project.scripts\][^\n]*: demo = "…"\.\nIf users start another command \(uvx --from demo COMMAND\)/,
    ),
  })
  expect(chooseScript(underlined, {name: 'dash-demo', entry: entry('pypi', 'dash-demo')})).toMatchObject({
    hint: expect.stringContaining('Write "dash_demo" as the identifier in server.json'),
  })
})

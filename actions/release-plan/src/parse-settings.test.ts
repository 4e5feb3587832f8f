import {expect, test} from '@jest/globals'
import {settingsSchema} from '@mcp-release/release-model'
import {Ajv2020} from 'ajv/dist/2020'
import {parse} from 'yaml'
import type {ZodType} from 'zod'
import {readFileSync} from 'node:fs'
import {parseSettings} from './parse-settings'

const published = JSON.parse(
  readFileSync(new URL('../../../docs/mcp-release.schema.json', import.meta.url), 'utf8'),
) as object
const accepts = new Ajv2020({allErrors: true, strict: true}).compile(published)
const read = (text: string) => {
  const problems: string[] = []
  const settings = parseSettings({file: '.github/mcp-release.yml', text}, problems)
  return {settings, problems: problems.map(problem => problem.replace('.github/mcp-release.yml, ', ''))}
}

const good: readonly (readonly [string, string, object])[] = [
  [
    'selectors',
    'packages: [src/time, "@octo/*"]\nexclude: [loadtest]',
    {packages: ['src/time', '@octo/*'], exclude: ['loadtest']},
  ],
  [
    'how a server is started',
    'servers:\n  "*": {network: on, timeout: 90}\n  time:\n    args: [--tz, UTC, ""]\n    env: {API_KEY: dummy, PORT: "8080"}\n    http-path: /v1/mcp\n',
    {
      servers: {
        '*': {network: 'on', timeout: 90},
        time: {args: ['--tz', 'UTC', ''], env: {API_KEY: 'dummy', PORT: '8080'}, 'http-path': '/v1/mcp'},
      },
    },
  ],
  [
    'builds and targets',
    'builds:\n  cli: {features: [http], default-features: false, targets: [linux/386]}\ntargets: [linux/amd64]\n',
    {
      builds: {cli: {features: ['http'], 'default-features': false, targets: ['linux/386']}},
      targets: ['linux/amd64'],
    },
  ],
  [
    'versions in quotes',
    'python-versions: ["3.10"]\nsdk-versions: [lowest]\nincompatible: warning',
    {
      'python-versions': ['3.10'],
      'sdk-versions': ['lowest'],
      incompatible: 'warning',
    },
  ],
  ['an anchor', 'packages: &all [a]\nprograms: *all', {packages: ['a'], programs: ['a']}],
  ['a BOM, CRLF and comments', '\uFEFF# for releases\r\nstrict: true # all of it\r\n', {strict: true}],
  ['no field', '{}', {}],
]

const bad: readonly (readonly [string, string, readonly string[]])[] = [
  ['a misspelt field', 'strict: true\n\npackges: [a]', ['line 3: "packges" is not a field; did you mean "packages"?']],
  [
    'camel case',
    'imagePlatforms: [linux/amd64]',
    ['line 1: "imagePlatforms" is not a field; did you mean "image-platforms"?'],
  ],
  [
    'a longer word',
    'servers:\n  a:\n    arguments: [x]',
    ['line 3: "arguments" is not a field of servers.a; did you mean "args"?'],
  ],
  [
    'a field of another place',
    'args: [x]',
    ['line 1: "args" is not a field; it belongs under servers, then the selector of a package'],
  ],
  [
    'a field of the top',
    'servers:\n  a: {exclude: [x]}',
    ['line 2: "exclude" is not a field of servers.a; it belongs at the top of the file'],
  ],
  [
    'a field like no other',
    'servers: {}\nxyzzy: 1',
    [
      expect.stringMatching(
        /^line 2: "xyzzy" is not a field; the fields are packages, programs, /,
      ) as unknown as string,
    ],
  ],
  [
    'a number for a text',
    'python-versions: [3.10]',
    ['line 1: python-versions[0]: "3.10" is a number, and must be a text; write "3.10"'],
  ],
  [
    'a number for a variable',
    'servers:\n  a:\n    env:\n      PORT: 8080',
    ['line 4: servers.a.env.PORT: "8080" is a number, and must be a text; write "8080"'],
  ],
  [
    'true for a variable',
    'servers: {a: {env: {DEBUG: true}}}',
    ['line 1: servers.a.env.DEBUG: "true" is true or false, and must be a text; write "true"'],
  ],
  [
    'a text for a list',
    'targets: linux/amd64',
    ['line 1: targets: "linux/amd64" is a text, and must be a list; write [linux/amd64]'],
  ],
  [
    'a text for a truth value',
    'strict: "true"',
    ['line 1: strict: "true" is a text, and must be true or false; write true without quotes'],
  ],
  [
    'a text for a number',
    'servers: {a: {timeout: "60"}}',
    ['line 1: servers.a.timeout: "60" is a text, and must be a whole number; write 60 without quotes'],
  ],
  [
    'half a second',
    'servers: {a: {timeout: 1.5}}',
    ['line 1: servers.a.timeout: "1.5" is a number, and must be a whole number'],
  ],
  ['no time at all', 'servers: {a: {timeout: 0}}', ['line 1: servers.a.timeout: "0" is less than 1']],
  ['too much time', 'servers: {a: {timeout: 9999}}', ['line 1: servers.a.timeout: "9999" is more than 3600']],
  ['another word', 'image: nevr', ['line 1: image: "nevr" is none of auto, never; did you mean never?']],
  [
    'a platform of others',
    'targets:\n  - linux/amd64\n  - plan9/amd64',
    [expect.stringMatching(/^line 3: targets\[1\]: "plan9\/amd64" is none of linux\/amd64, /) as unknown as string],
  ],
  [
    'a path without a slash',
    'servers: {a: {http-path: mcp}}',
    ['line 1: servers.a.http-path: "mcp" does not begin with /'],
  ],
  ['nothing', 'packages:', ['line 1: packages: is empty; give it a value, or leave it out']],
  ['an empty list', 'packages: []', ['line 1: packages: is an empty list; leave it out']],
  ['an empty selector', 'packages: [""]', ['line 1: packages[0]: is empty; leave it out']],
  ['a list for a mapping', 'servers: [a]', ['line 1: servers: a list is a list, and must be a mapping of names']],
  [
    'a variable with a blank',
    'servers: {a: {env: {"A B": x}}}',
    ['line 1: servers.a.env["A B"]: is not the name of a variable, which has letters, digits and _'],
  ],
  ['a list at the top', '- a', ['line 1: must hold fields, such as `strict: true`']],
  ['a text at the top', 'strict', ['line 1: must hold fields, such as `strict: true`']],
  [
    '__proto__',
    '__proto__: {strict: true}',
    [expect.stringMatching(/^line 1: "__proto__" is not a field/) as unknown as string],
  ],
]

test.each(good)('%s: the file is read, and the published schema accepts it', (_, text, settings) => {
  expect(read(text)).toEqual({settings, problems: []})
  expect(accepts(parse(text.replace('\uFEFF', '')))).toBe(true)
})

test.each(bad)(
  '%s is told with its line and what is allowed, and the published schema refuses it',
  (_, text, problems) => {
    expect(read(text)).toEqual({settings: {}, problems})
    expect(accepts(parse(text))).toBe(false)
  },
)

// What only a reader of YAML sees.
test.each([
  ['a field twice', 'strict: true\nimage: auto\nstrict: false', ['line 3: "strict" is there twice; keep one of them']],
  ['a tab', 'servers:\n\ta: {}', [expect.stringMatching(/^line 2: is not valid YAML: Tabs are not allowed/)]],
  ['two documents', 'strict: true\n---\nstrict: false', ['line 2: a second document begins here; the file holds one']],
  ['an unclosed list', 'packages: [a\n', [expect.stringMatching(/^line \d: is not valid YAML: /)]],
  ['a tag', 'packages: !!js/function [x]', [expect.stringMatching(/^line 1: is not valid YAML: Unresolved tag/)]],
  [
    'an alias of nothing',
    'packages: *gone',
    [expect.stringMatching(/^line 1: its aliases cannot be resolved \(.*gone\)/)],
  ],
])('%s is not valid', (_, text, problems) => {
  expect(read(text)).toEqual({settings: {}, problems})
})

test('all problems of a file are told at once, by line', () => {
  const text = 'imge: never\nstrict: yes\nstrict: no\nservers:\n  a:\n    timeout: soon\n    argz: []\n'
  expect(read(text).problems).toEqual([
    'line 1: "imge" is not a field; did you mean "image"?',
    expect.stringMatching(/^line [23]: strict: "(yes|no)" is a text, and must be true or false/),
    'line 3: "strict" is there twice; keep one of them',
    'line 6: servers.a.timeout: "soon" is a text, and must be a whole number',
    'line 7: "argz" is not a field of servers.a; did you mean "args"?',
  ])
})

test('aliases that would fill the memory are refused, and so is a file of a megabyte', () => {
  // https://en.wikipedia.org/wiki/Billion_laughs_attack
  const rows = 'abcdefgh'
    .split('')
    .map((name, at, all) => `${name}: &${name} [${`*${all[at - 1] ?? name},`.repeat(9)}]`)
  const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]', ...rows.slice(1)].join('\n')
  expect(read(bomb).problems.join('\n')).toContain('its aliases cannot be resolved')
  expect(read(`#${' '.repeat(1e6)}`).problems).toEqual([expect.stringContaining('has 1000001 characters')])
})

test.each(['', '# nothing yet\n', '---\n'])('%j says nothing', text => {
  expect(read(text)).toEqual({settings: {}, problems: []})
})

test('every field of the settings is documented, with what holds without it', () => {
  const {servers, builds} = settingsSchema.shape
  const groups: readonly Readonly<Record<string, ZodType>>[] = [
    settingsSchema.shape,
    servers.unwrap().valueType.shape,
    builds.unwrap().valueType.shape,
  ]
  for (const [name, field] of groups.flatMap(group => Object.entries(group))) {
    const {description = '', default: absent} = field.meta() ?? {}
    expect([name, absent !== undefined || description.includes('Default: ')]).toEqual([name, true])
  }
})

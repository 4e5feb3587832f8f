import {checkPackage, createPackageFromTarballData} from '@arethetypeswrong/core'
import {expect, test} from '@jest/globals'
import {tarGz} from '@mcp-release/archives'
import {entryFindings} from './entry-findings'
import {readTarball} from './tarball'

interface Sample {
  readonly fields: object
  readonly files: Readonly<Record<string, string>>
}

function pack({fields, files}: Sample): Uint8Array {
  const manifest = JSON.stringify({name: 'demo', version: '1.0.0', ...fields})
  const entries = Object.entries({'package.json': manifest, ...files})
  return tarGz(
    entries.map(([name, text]) => ({name: `package/${name}`, mode: 0o644, content: Buffer.from(text)})),
    {time: 0},
  )
}

async function findings(sample: Sample): Promise<readonly string[]> {
  const found = await entryFindings(await readTarball('demo-1.0.0.tgz', pack(sample), 0))
  return found.map(({level, text}) => `${level}: ${text}`)
}

const esm = 'export const x = 1\n'
const cjs = 'exports.x = 1\n'
const types = 'export declare const x: number\n'

// https://publint.dev/rules and https://github.com/arethetypeswrong/arethetypeswrong.github.io/tree/main/docs/problems
test.each<[string, Sample, string]>([
  [
    'types that are missing',
    {fields: {main: 'a.js', types: 'a.d.ts'}, files: {'a.js': cjs}},
    'warning: demo-1.0.0.tgz: package.json: types is a.d.ts but the file does not exist.',
  ],
  [
    'types behind the conditions that are read first',
    {
      fields: {type: 'module', exports: {'.': {import: './a.js', types: './a.d.ts'}}},
      files: {'a.js': esm, 'a.d.ts': types},
    },
    'exports["."].types should be the first in the object',
  ],
  [
    'default before other conditions',
    {fields: {exports: {'.': {default: './a.js', require: './b.js'}}}, files: {'a.js': cjs, 'b.js': cjs}},
    'exports["."].default should be the last in the object',
  ],
  [
    'ESM that is read as CommonJS',
    {fields: {main: 'a.js'}, files: {'a.js': esm}},
    'main is a.js and is written in ESM, but is interpreted as CJS',
  ],
  [
    'CommonJS that is read as ESM',
    {fields: {type: 'module', exports: './a.js'}, files: {'a.js': 'module.exports = {x: 1}\n'}},
    'exports is ./a.js and is written in CJS, but is interpreted as ESM',
  ],
  [
    'an extension for the other module system',
    {fields: {exports: {import: './a.mjs', require: './a.cjs'}}, files: {'a.mjs': esm, 'a.cjs': esm}},
    'ends with the .cjs extension, but the code is written in ESM',
  ],
  [
    'types of one module system for both',
    {
      fields: {exports: {'.': {types: './a.d.ts', import: './a.mjs', require: './a.js'}}},
      files: {'a.mjs': esm, 'a.js': cjs, 'a.d.ts': types},
    },
    'is interpreted as CJS when resolving with the "import" condition',
  ],
])('%s', async (_, sample, words) => {
  expect(await findings(sample)).toContainEqual(expect.stringContaining(words))
})

const sound: readonly (readonly [string, Sample])[] = [
  [
    'commands alone',
    {fields: {type: 'module', bin: 'a.js'}, files: {'a.js': '#!/usr/bin/env node\nimport "node:fs"\n'}},
  ],
  ['CommonJS', {fields: {main: 'a.js', types: 'a.d.ts'}, files: {'a.js': cjs, 'a.d.ts': types}}],
  [
    'ESM with types first',
    {
      fields: {
        type: 'module',
        exports: {'.': {types: './a.d.ts', default: './a.js'}, './package.json': './package.json'},
      },
      files: {'a.js': esm, 'a.d.ts': types},
    },
  ],
  [
    'both module systems with types for each',
    {
      fields: {
        type: 'module',
        exports: {
          import: {types: './a.d.ts', default: './a.js'},
          require: {types: './a.d.cts', default: './a.cjs'},
        },
      },
      files: {'a.js': esm, 'a.d.ts': types, 'a.cjs': cjs, 'a.d.cts': types},
    },
  ],
  [
    'types that exports alone name, and which are missing, as another check tells',
    {fields: {type: 'module', exports: {'.': {types: './a.d.ts', default: './a.js'}}}, files: {'a.js': esm}},
  ],
  [
    'what other checks tell',
    {
      fields: {type: 'module', bin: 'gone.js', exports: './gone.js', dependencies: {b: 'file:../b'}},
      files: {'readme.md': ''},
    },
  ],
]

test.each(sound)('%s: nothing to say', async (_, sample) => {
  expect(await findings(sample)).toEqual([])
})

// Names that Node.js does not find are no matter of an `export =`, of types alone, or of what tsc makes.
const kept: readonly (readonly [string, Sample])[] = [
  [
    'what TypeScript compiles, with a file that is passed on',
    {
      fields: {main: 'a.js', types: 'a.d.ts'},
      files: {
        'a.js':
          '"use strict";\nvar __exportStar = (this && this.__exportStar) || function(m, exports) {};\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.x = void 0;\n__exportStar(require("./b"), exports);\nexports.x = 1;\n',
        'a.d.ts':
          'import type { T } from "./b";\nexport * from "./b";\nexport declare const x: T;\nexport { type T as U };\nexport type V = { y: 1 };\nexport interface W { z: 1 }\n',
        'b.js': 'Object.defineProperty(exports, "__esModule", { value: true });\nexports.y = 2;\n',
        'b.d.ts': 'export type T = number;\nexport declare const y = 2;\n',
      },
    },
  ],
  [
    'a function with export =',
    {
      fields: {main: 'a.js', types: 'a.d.ts'},
      files: {'a.js': 'module.exports = function f() {}\n', 'a.d.ts': 'declare function f(): void\nexport = f\n'},
    },
  ],
  [
    'types in a folder, found by its name',
    {
      fields: {main: 'a.js', types: 'a.d.ts'},
      files: {'a.js': cjs, 'a.d.ts': 'export * from "./lib"\nexport * from "."\n', 'lib/index.d.ts': types},
    },
  ],
  [
    'an object whose names stand in it',
    {
      fields: {main: 'a.js', types: 'a.d.ts'},
      files: {
        'a.js': 'const [x, y] = [1, 2]\nmodule.exports = {x, y}\n',
        'a.d.ts': `${types}export declare let y: number\n`,
      },
    },
  ],
]

test.each(kept)('types are kept by %s, as arethetypeswrong says, too', async (_, sample) => {
  const checked = await checkPackage(createPackageFromTarballData(pack(sample)))
  const kinds = checked.types === false ? [] : checked.problems.map(({kind}) => kind)
  expect(kinds.filter(kind => /^(?:NamedExports|FalseExportDefault|InternalResolutionError)$/.test(kind))).toEqual([])
  expect(await findings(sample)).toEqual([])
})

// The other real part sees the same: https://arethetypeswrong.github.io
test.each<[string, Sample, readonly string[]]>([
  [
    'ESM that is typed as CommonJS',
    {
      fields: {exports: {'.': {types: './a.d.ts', import: './a.mjs', require: './a.js'}}},
      files: {'a.mjs': esm, 'a.js': cjs, 'a.d.ts': types},
    },
    ['FalseCJS'],
  ],
  [
    'CommonJS that is typed as ESM',
    {
      fields: {type: 'module', exports: {'.': {types: './a.d.ts', import: './a.js', require: './a.cjs'}}},
      files: {'a.js': esm, 'a.cjs': cjs, 'a.d.ts': types},
    },
    ['FalseESM'],
  ],
  [
    'ESM under the name of CommonJS',
    {
      fields: {exports: {'.': {types: './a.d.ts', default: './a.js'}}},
      files: {'a.js': esm, 'a.d.ts': types},
    },
    ['UnexpectedModuleSyntax'],
  ],
  [
    'names that CommonJS makes when it runs',
    {
      fields: {main: 'a.js', types: 'a.d.ts'},
      files: {
        'a.js': 'const make = () => ({x: 1, y: 2})\nmodule.exports = make()\n',
        'a.d.ts': `${types}declare const y: number\nexport {y}\n`,
      },
    },
    ['NamedExports'],
  ],
  [
    'a default in types that the program does not have',
    {
      fields: {main: 'a.js', types: 'a.d.ts'},
      files: {'a.js': 'module.exports = function f() {}\n', 'a.d.ts': 'export default function f(): void\n'},
    },
    ['FalseExportDefault'],
  ],
  [
    'types that take from a file that is missing',
    {
      fields: {type: 'module', exports: {types: './a.d.ts', default: './a.js'}},
      files: {'a.js': esm, 'a.d.ts': `export * from "./gone.js"\n${types}`},
    },
    ['InternalResolutionError'],
  ],
  [
    'types of an ES module that leave extensions out',
    {
      fields: {type: 'module', exports: {types: './a.d.ts', default: './a.js'}},
      files: {'a.js': esm, 'a.d.ts': `export * from "./b"\n${types}`, 'b.d.ts': 'export declare const y: number\n'},
    },
    ['InternalResolutionError'],
  ],
  [
    'a default export alone, marked as if it came from an ES module',
    {
      fields: {main: 'a.js', types: 'a.d.ts'},
      files: {
        'a.js': 'Object.defineProperty(exports, "__esModule", {value: true})\nexports.default = function f() {}\n',
        'a.d.ts': 'export default function f(): void\n',
      },
    },
    ['CJSOnlyExportsDefault'],
  ],
  [
    'types that are found only behind the ones that count',
    {
      fields: {exports: {'.': [{types: './gone.d.ts', default: './a.js'}]}, types: './a.d.ts', main: './a.js'},
      files: {'a.js': cjs, 'a.d.ts': types},
    },
    ['FallbackCondition'],
  ],
])('arethetypeswrong agrees: %s', async (_, sample, kinds) => {
  const checked = await checkPackage(createPackageFromTarballData(pack(sample)))
  const seen = checked.types === false ? [] : checked.problems.map(({kind}) => kind)
  expect(seen).toEqual(expect.arrayContaining([...kinds]))
  expect(await findings(sample)).not.toEqual([])
})

test.each(sound.slice(1, 4))('arethetypeswrong agrees that %s is sound for Node', async (_, sample) => {
  const checked = await checkPackage(createPackageFromTarballData(pack(sample)))
  const problems = checked.types === false ? [] : checked.problems
  // Without `main`, the resolution of Node 10 finds nothing, which no Node that is supported uses.
  const now = problems.filter(each => !('resolutionKind' in each && each.resolutionKind === 'node10'))
  expect(now.map(({kind}) => kind).filter(kind => kind !== 'CJSResolvesToESM')).toEqual([])
})

// https://nodejs.org/api/esm.html#commonjs-namespaces, and the TypeScript handbook on modules.
test('what breaks who imports the package is told with its remedy', async () => {
  const sample: Sample = {
    fields: {main: 'a.js', types: 'a.d.ts'},
    files: {
      'a.js': 'module.exports = {x: 1, ...process.env}\nmodule.exports.x = 1\n',
      'a.d.ts': `${types}export declare function lost(): void\nexport * from './gone'\n`,
    },
  }
  expect(await findings(sample)).toEqual([
    'warning: demo-1.0.0.tgz: main: its types a.d.ts export lost, which Node.js does not find in a.js, a CommonJS module: import {lost} ends with a SyntaxError\n' +
      'Assign each by its name, as in exports.NAME = …, in code that can be read without running it, or publish an ES module for import.',
    'warning: demo-1.0.0.tgz: types: a.d.ts takes from "./gone", which is no file of the package, so that TypeScript knows nothing of it\n' +
      'Take the file into the package, or correct the reference.',
  ])
})

test('a package.json that is odd in all fields is no reason to fail', async () => {
  const {entries, ...rest} = await readTarball('demo-1.0.0.tgz', pack({fields: {}, files: {}}), 0)
  const broken = entries.map(each => ({...each, content: Buffer.from('{')}))
  expect(await entryFindings({...rest, entries: broken})).toEqual([])
  for (const fields of [{exports: 5, main: {}, types: []}, {exports: {'.': null}}, {bin: [], typesVersions: 'x'}])
    expect(Array.isArray(await findings({fields, files: {}}))).toBe(true)
})

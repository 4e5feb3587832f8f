import {expect, test} from '@jest/globals'
import type {ReleaseSettings} from '@mcp-release/release-model'
import {withNamedFolders} from './aside-packages'
import {detectPackages} from './detect-packages'
import {crate, main, mod, npm} from './testing/detect'

const texts = {'package.json': npm({bin: 'index.js'})}
const apart = {
  'demo/server/package.json': npm({name: 'demo-server', bin: 'index.js'}),
  'demo/server/README.md': '',
  'docs/package.json': npm({name: 'docs', private: true}),
  'playground/app/pyproject.toml':
    '[project]\nname = "app"\nversion = "1.0.0"\n[project.scripts]\napp = "app:main"\n[build-system]\nrequires = ["hatchling"]\n',
  'e2e/go.mod': mod,
  'templates/rust/Cargo.toml': crate(''),
}
const others = ['demo/server/index.js', 'e2e/main.go', 'templates/rust/src/main.rs', 'index.js']

const opened = (settings: ReleaseSettings = {}) => {
  const files = [...Object.keys(texts), 'e2e/main.go', 'index.js'].sort()
  const listed = [...Object.keys(texts), ...Object.keys(apart), ...others]
  const {tree, skipped} = withNamedFolders({files, listed, texts: {...texts, 'e2e/main.go': main}, apart}, settings)
  const found = detectPackages(tree, {folder: 'notes', image: 'never', settings})
  return {names: found.packages.map(({name}) => name), skipped, files: tree.files}
}

test('packages among examples, tests and documents are left aside in one line that says how to release one', () => {
  const {names, skipped} = opened()
  expect(names).toEqual(['notes'])
  expect(skipped).toEqual([
    {
      subject:
        'app (playground/app/pyproject.toml), demo-server (demo/server/package.json), notes (e2e/go.mod), notes (templates/rust/Cargo.toml)',
      reason:
        'packages below playground, demo, e2e, templates are taken for examples, tests, documents or what was built, which are not released',
      hint: 'To release one, name its folder in .github/mcp-release.yml: packages: [playground/app], with every other package that is released.',
    },
  ])
})

test.each<[ReleaseSettings, readonly string[]]>([
  [{packages: ['demo/server']}, ['demo-server', 'notes']],
  [{packages: ['demo-server', 'notes']}, ['demo-server', 'notes']],
  [{packages: ['./playground/*']}, ['app', 'notes']],
  [{programs: ['e2e']}, ['notes', 'notes']],
  [{packages: ['*']}, ['notes']],
])('settings %j bring back what they name', (settings, names) => {
  const found = opened(settings)
  expect([...found.names].sort()).toEqual(names)
})

test('a package that is named brings its files, and no others', () => {
  const {files, skipped} = opened({packages: ['demo/server']})
  expect(files.filter(file => file.startsWith('demo/') || file.startsWith('docs/'))).toEqual([
    'demo/server/README.md',
    'demo/server/index.js',
    'demo/server/package.json',
  ])
  expect(skipped[0]?.subject).not.toContain('demo-server')
})

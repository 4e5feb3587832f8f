import {expect, test} from '@jest/globals'
import {parseManifest} from './npm-manifest'
import {npmRepository, releasingRepository} from './npm-repository'
import {keepsManifest} from './npm-scripts'

// https://docs.npmjs.com/cli/configuring-npm/package-json#repository
test.each([
  ['octo/demo', 'octo/demo'],
  ['github:octo/demo', 'octo/demo'],
  ['https://github.com/octo/demo', 'octo/demo'],
  ['git+https://github.com/octo/demo.git', 'octo/demo'],
  ['git+ssh://git@github.com/octo/demo.git', 'octo/demo'],
  ['ssh://git@github.com:22/octo/demo.git', 'octo/demo'],
  ['git://github.com/octo/demo.git#main', 'octo/demo'],
  ['git@github.com:octo/demo.git', 'octo/demo'],
  ['https://www.github.com/octo/demo/tree/main/packages/a', 'octo/demo'],
  ['https://github.com/octo/demo.js.git/', 'octo/demo.js'],
  ['https://gitlab.com/octo/demo', undefined],
  ['gitlab:octo/demo', undefined],
  ['https://github.com.example.org/octo/demo', undefined],
])('the repository %s is %s on GitHub', (url, github) => {
  expect(npmRepository({repository: {type: 'git', url}})?.github).toBe(github)
  expect(npmRepository({repository: url})?.github).toBe(github)
})

test('what no workflow of GitHub releases has no repository to compare', () => {
  expect(releasingRepository({GITHUB_REPOSITORY: 'octo/demo'})).toBe('octo/demo')
  expect(releasingRepository({GITHUB_REPOSITORY: 'local/demo'})).toBeUndefined()
  expect(releasingRepository({GITHUB_REPOSITORY: 'a/b', GITHUB_SERVER_URL: 'https://git.example.org'})).toBeUndefined()
})

test.each<[boolean, Readonly<Record<string, string>>]>([
  [true, {}],
  [true, {build: 'tsc && shx chmod +x dist/*.js'}],
  [true, {build: 'tsc -p tsconfig.build.json'}],
  [true, {build: `tsc && node -e "require('fs').chmodSync('build/index.js', '755')"`}],
  [true, {build: 'esbuild src/index.ts --bundle --outfile=dist/cli.js'}],
  [true, {build: 'bun build ./src/index.ts --outdir dist', prepare: 'husky'}],
  [true, {build: 'npm run clean && npm run compile', clean: 'rimraf dist', compile: 'tsup'}],
  [true, {test: 'node test.js'}],
  [false, {build: 'node scripts/build.mjs'}],
  [false, {build: 'NODE_ENV=production tsx build.ts'}],
  [false, {prepack: 'npm pkg set mcpName=io.github.octo/demo'}],
  [false, {prepack: 'clean-package'}],
  [false, {build: 'npm run compile', compile: './build.sh'}],
  [false, {prepublishOnly: 'tsc && cp package.json dist/'}],
  [false, {build: `tsc && node -e "fs.writeFileSync('package.json', x)"`}],
])('%s: package.json is packed as it stands with %j', (expected, scripts) => {
  const manifest = parseManifest('package.json', JSON.stringify({name: 'demo', version: '1.0.0', scripts}))
  expect(keepsManifest(manifest)).toBe(expected)
})

test('what is packed of another folder has a package.json of its own', () => {
  const fields = {name: 'demo', version: '1.0.0', publishConfig: {directory: 'dist'}}
  expect(keepsManifest(parseManifest('package.json', JSON.stringify(fields)))).toBe(false)
})

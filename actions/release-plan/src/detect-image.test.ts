import {expect, test} from '@jest/globals'
import {detect, main, mod, npm, released, serving} from './testing/detect'

test.each<[string, Record<string, string>, readonly string[], Record<string, string>]>([
  [
    'at the root',
    {'package.json': npm({bin: 'a.js'}), Dockerfile: 'FROM x\nCOPY . .\n'},
    [],
    {name: 'notes', path: '.'},
  ],
  [
    'in docker/',
    {'go.mod': mod, 'main.go': main, 'docker/Dockerfile': 'FROM x\nCOPY go.mod .\n'},
    [],
    {name: 'notes', path: 'docker', context: '.'},
  ],
  [
    'in build/package/',
    {'go.mod': mod, 'main.go': main, 'build/package/Dockerfile': 'FROM x\nCOPY . .\n'},
    [],
    {name: 'notes', path: 'build/package', context: '.'},
  ],
  [
    "in a package's folder, of the whole repository",
    {
      'package.json': '{"private": true}',
      'src/time/package.json': npm({name: '@octo/time', bin: 'a.js'}),
      'src/time/Dockerfile': 'FROM x\nCOPY src/time /app\nCOPY tsconfig.json /\n',
    },
    ['tsconfig.json', 'src/time/index.ts'],
    {name: 'time', path: 'src/time', context: '.'},
  ],
  [
    "in a package's folder, of that folder",
    {
      'src/time/package.json': npm({name: '@octo/time', bin: 'a.js'}),
      'src/time/Dockerfile': 'FROM x\nCOPY --from=y /z /z\nCOPY package.json src ./\n',
    },
    ['src/time/src/index.ts'],
    {name: 'time', path: 'src/time'},
  ],
])('an image described %s has its name and context', (_, texts, others, expected) => {
  const images = detect(texts, {others}).packages.filter(({ecosystem}) => ecosystem === 'oci')
  expect(images.map(({name, path, context}) => ({name, path, ...(context === undefined ? {} : {context})}))).toEqual([
    expected,
  ])
})

test('an image is called after the program that it starts, and shares its fate', () => {
  const texts = {
    'go.mod': mod,
    'cmd/another/main.go': main,
    'cmd/notes/main.go': serving('github.com/mark3labs/mcp-go/server', 'server.ServeStdio(nil)'),
    Dockerfile: 'FROM x\nENTRYPOINT ["/usr/local/bin/notes", "stdio"]\n',
  }
  const image = detect(texts).packages.find(({ecosystem}) => ecosystem === 'oci')
  expect([image?.name, image?.role, image?.roleReason]).toEqual(['notes', 'server', 'it starts notes'])
  expect(released({...texts, '.devcontainer/Dockerfile': 'FROM y\n', 'e2e/Dockerfile': 'FROM z\n'})).toEqual([
    'notes',
    'notes',
  ])
})

test('the settings name another Containerfile and context', () => {
  const texts = {'package.json': npm({bin: 'a.js'}), 'ops/prod.dockerfile': 'FROM x\n'}
  const settings = {builds: {'npm:.': {containerfile: 'ops/prod.dockerfile'}, 'oci:ops': {context: 'ops'}}}
  const image = detect(texts, {settings}).packages.find(({ecosystem}) => ecosystem === 'oci')
  expect(image).toMatchObject({manifest: 'ops/prod.dockerfile', path: 'ops'})
  expect(image?.context).toBeUndefined()
})

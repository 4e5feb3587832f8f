import {beforeEach, expect, test} from '@jest/globals'
import {InputError, readInputs} from '@mcp-release/action-kit'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {contract} from './action.gen'
import {refine} from './inputs'

let host: FakeHost

beforeEach(async () => {
  host = new FakeHost()
  await host.files.write('Dockerfile', 'FROM scratch AS one\nFROM scratch AS two\n')
})

function refined(inputs: Readonly<Record<string, string>>) {
  const env = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  return refine(host, readInputs(contract, Object.fromEntries(env) as Record<string, string>))
}

async function problems(inputs: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const error: unknown = await refined(inputs).catch((reason: unknown) => reason)
  return error instanceof InputError ? error.problems : []
}

test('a Dockerfile is found when there is no Containerfile, and passed over when there is one', async () => {
  expect((await refined({archive: 'a.tar'})).containerfile).toBe(`${host.workspace}/Dockerfile`)
  await host.files.write('Containerfile', 'FROM scratch\n')
  expect((await refined({archive: 'a.tar'})).containerfile).toBe(`${host.workspace}/Containerfile`)
})

test('every problem is named at once', async () => {
  const inputs = {
    'working-directory': '..',
    version: 'one',
    platforms: 'amd64\nlinux/arm64\nlinux/arm64/v8',
    'build-args': 'A\nB=1\nB=2\nSOURCE_DATE_EPOCH=1\n9=x',
    labels: '=x',
    tags: 'ghcr.io/O/n:1\nghcr.io/o/n',
    archive: 'x/y.tar',
  }
  expect(await problems(inputs)).toEqual([
    'working-directory: ".." lies outside the workspace',
    'version: "one" is neither SemVer nor PEP 440',
    'build-args: "A" has no =; write NAME=value',
    'build-args: B is there twice',
    'build-args: "9" is not a name',
    'build-args: SOURCE_DATE_EPOCH is the input source-date',
    'labels: "" is not a name',
    'tags: "ghcr.io/O/n:1" has upper case letters; registries want ghcr.io/o/n:1',
    'tags: "ghcr.io/o/n" has no tag; add one, such as :1.0.0',
    'platforms: "amd64" lacks the operating system: linux/amd64',
    'platforms: linux/arm64/v8 is there twice',
    'archive: "x/y.tar": is not a plain file name (letters, digits and . _ + @ - only, and a letter, digit or _ first)',
  ])
})

test.each<readonly [Readonly<Record<string, string>>, string]>([
  [{}, 'archive: nothing would be left of the image; give a file name here, or push: true with tags'],
  [{push: 'true'}, 'push: true, but tags is empty; name the image as registry/path:tag'],
  [{archive: 'image'}, 'archive: "image" does not end in .tar'],
  [{archive: 'a.tar', target: 'three'}, 'target: "three" is not a stage of "Dockerfile"'],
  [{archive: 'a.tar', containerfile: 'Other'}, 'containerfile: there is no Other in "."'],
])('%j: %s', async (inputs, problem) => {
  expect(await problems(inputs)).toEqual([problem])
})

test('a Containerfile outside the workspace is refused', async () => {
  const found = await problems({archive: 'a.tar', containerfile: '../Other'})
  expect(found[0]).toMatch(/^containerfile: ".*\/Other" lies outside the workspace$/)
})

test('the build can read another folder than that of the package', async () => {
  await host.files.write('images/server/Dockerfile', 'FROM scratch\nCOPY go.mod .\n')
  const given = {'working-directory': 'images/server', archive: 'a.tar'}
  expect((await refined(given)).context).toBe(`${host.workspace}/images/server`)
  const {context, containerfile} = await refined({...given, context: '.'})
  expect(context).toBe(host.workspace)
  expect(containerfile).toBe(`${host.workspace}/images/server/Dockerfile`)
  expect(await problems({...given, context: 'nowhere'})).toEqual([
    'context: "nowhere" is not a folder of the checkout; name the one that COPY and ADD read',
  ])
})

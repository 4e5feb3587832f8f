import {expect, test} from '@jest/globals'
import {imagesOf} from './image-layout'
import {machineArguments} from './npm-install'
import {kindByName} from './subject'
import {foreignTags} from './wheel-install'

const linux = {os: 'linux', arch: 'amd64'} as const

test.each([
  ['demo-1.0-py3-none-any.whl', linux, ''],
  ['demo-1.0-py2.py3-none-any.whl', linux, ''],
  ['demo-1.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl', linux, ''],
  ['demo-1.0-py3-none-musllinux_1_2_x86_64.whl', linux, '--platform musllinux_1_2_x86_64'],
  ['demo-1.0-py3-none-macosx_11_0_arm64.whl', linux, '--platform macosx_11_0_arm64'],
  ['demo-1.0-py3-none-macosx_11_0_arm64.whl', {os: 'darwin', arch: 'arm64'} as const, ''],
  ['demo-1.0-py3-none-win_arm64.whl', {os: 'windows', arch: 'amd64'} as const, '--platform win_arm64'],
  [
    'demo-1.0-1-cp312-cp312-win_amd64.whl',
    linux,
    '--platform win_amd64 --implementation cp --python-version 3.12 --abi cp312 --abi abi3 --abi none',
  ],
])('%s is installed for the machine it is made for', (name, platform, expected) => {
  expect(foreignTags(name, platform).join(' ')).toBe(expected)
})

test.each([
  [{}, []],
  [{os: ['darwin'], cpu: ['arm64']}, ['--os=darwin', '--cpu=arm64']],
  [{os: ['!win32'], cpu: 'x64', libc: ['musl']}, ['--cpu=x64', '--libc=musl']],
  [{os: ['linux --evil'], cpu: 3}, []],
])('npm installs a package of the machines %j for one of them', (manifest, expected) => {
  expect(machineArguments(JSON.stringify(manifest))).toEqual(expected)
})

test('the name tells the kind', () => {
  expect(['a.whl', 'a.tgz', 'a_image.oci.tar', 'a.tar.gz', 'a.zip', 'a.mcpb'].map(kindByName)).toEqual([
    'wheel',
    'npm-package',
    'image',
    'archive',
    'archive',
    'bundle',
  ])
})

test('attestations in an index are no images', async () => {
  const image = {mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: 'sha256:a'}
  const attestation = {...image, digest: 'sha256:b', annotations: {'vnd.docker.reference.type': 'attestation-manifest'}}
  const index = {mediaType: 'application/vnd.oci.image.index.v1+json', digest: 'sha256:i'}
  const inner = {manifests: [image, attestation, image]}
  expect(await imagesOf({manifests: [index]}, () => Promise.resolve(inner))).toEqual([image])
})

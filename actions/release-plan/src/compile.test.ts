import {expect, test} from '@jest/globals'
import {type ReleaseSettings, defaultPlatforms} from '@mcp-release/release-model'
import {compileGo, compileRust} from './compile'
import type {Buildable, Context} from './jobs'

function program(given: Partial<Buildable> = {}): Buildable {
  return {
    ...{id: 'go:.', ecosystem: 'go', path: '.', name: 'demo-mcp', version: '1.2.3', manifest: 'go.mod', main: '.'},
    ...{executables: ['demo-mcp'], purl: '', role: 'server', roleReason: 'is named like the module'},
    ...given,
  }
}

function context(texts: Record<string, string>, settings: ReleaseSettings = {}): Context {
  return {
    options: {
      ...{targets: settings.targets ?? defaultPlatforms, imagePlatforms: [], image: 'never', bundles: 'never'},
      ...{compatibility: false, toolchains: ['go', 'rust'], settings},
    },
    ...{semver: '1.2.3', tag: 'demo-v1.2.3', commit: 'c'.repeat(40), root: '.', repository: 'owner/demo-mcp'},
    tree: {files: Object.keys(texts), texts: {'go.mod': 'module example.org/demo-mcp\n', ...texts}},
  }
}

const goreleaser = `
builds:
  - goos: [linux, darwin]
    goarch: [amd64, arm]
    goarm: [7]
    tags: [full]
    ldflags:
      - -s -w
      - -X main.version={{.Version}}
archives:
  - wrap_in_directory: true
    name_template: "{{ .ProjectName }}_{{ title .Os }}_{{ .Arch }}{{ with .Arm }}v{{ . }}{{ end }}"
before:
  hooks: [make assets]
`

test('six archives have the usual names without a configuration', () => {
  const [build] = compileGo(program(), context({})).builds
  expect(build?.artifacts.map(({name}) => name)).toContain('demo-mcp_1.2.3_windows_arm64.zip')
  expect(build?.artifacts).toHaveLength(6)
  expect(Object.keys(build?.job.inputs ?? {}).sort()).toEqual(
    ['working-directory', 'version', 'package', 'language', 'targets', 'binary', 'main', 'tag', 'commit'].sort(),
  )
})

test('goreleaser decides platforms, flags, tags and names, so that links keep working', () => {
  const {builds, findings} = compileGo(program(), context({'.goreleaser.yaml': goreleaser}))
  expect(builds[0]?.artifacts.map(({name, platform}) => [platform, name])).toEqual([
    ['linux/amd64', 'demo-mcp_Linux_amd64.tar.gz'],
    ['linux/arm/v7', 'demo-mcp_Linux_armv7.tar.gz'],
    ['darwin/amd64', 'demo-mcp_Darwin_amd64.tar.gz'],
  ])
  expect(builds[0]?.job.inputs).toMatchObject({
    targets: 'linux/amd64\nlinux/arm/v7\ndarwin/amd64',
    ldflags: '-s -w\n-X main.version={{.Version}}',
    'build-tags': 'full',
    'archive-names':
      'linux/amd64=demo-mcp_Linux_amd64.tar.gz\nlinux/arm/v7=demo-mcp_Linux_armv7.tar.gz\ndarwin/amd64=demo-mcp_Darwin_amd64.tar.gz',
    'wrap-in-directory': 'true',
  })
  expect(findings).toEqual([{level: 'notice', subject: '.goreleaser.yaml', text: 'the hooks are not run: make assets'}])
})

test('settings win over goreleaser, those of the package over those of the file', () => {
  const settings: ReleaseSettings = {
    targets: ['linux/arm64'],
    builds: {
      'demo-*': {targets: ['linux/riscv64', 'freebsd/amd64'], ldflags: ['-X main.v={{ .Tag }}'], tags: ['lite']},
    },
  }
  const texts = {'.goreleaser.yaml': goreleaser}
  const [own] = compileGo(program(), context(texts, settings)).builds
  expect(own?.job.inputs).toMatchObject({
    targets: 'linux/riscv64\nfreebsd/amd64',
    ldflags: '-X main.v={{ .Tag }}',
    'build-tags': 'lite',
  })
  const [other] = compileGo(program({name: 'other', executables: ['other']}), context(texts, settings)).builds
  expect(other?.job.inputs['targets']).toBe('linux/arm64')
})

test('a configuration at the root of the repository describes a module below it', () => {
  const texts = {
    'server/go.mod': 'module example.org/x/server\n',
    '.goreleaser.yml': 'builds: [{dir: server, main: ./cmd/x, goos: [linux], goarch: [arm64]}]',
  }
  const [build] = compileGo(program({path: 'server', main: './cmd/x', name: 'x'}), context(texts)).builds
  expect(build?.artifacts.map(({name}) => name)).toEqual(['demo-mcp_1.2.3_linux_arm64.tar.gz'])
})

test('Rust gets features by settings, and is skipped where it has no target', () => {
  const settings: ReleaseSettings = {
    builds: {'*': {targets: ['linux/arm/v7', 'linux/s390x'], features: ['tls'], 'default-features': false}},
  }
  const {builds, skipped} = compileRust(program({ecosystem: 'cargo', main: 'demo-mcp'}), context({}, settings))
  expect(builds.map(({job}) => [job.id, job.inputs['features'], job.inputs['default-features']])).toEqual([
    ['rust-demo-mcp-linux-arm-v7', 'tls', 'false'],
  ])
  expect(skipped).toEqual([
    expect.objectContaining({
      subject: 'demo-mcp_1.2.3_linux_s390x.tar.gz',
      reason: 'Rust has no target that is built on one machine for linux/s390x',
    }),
  ])
})

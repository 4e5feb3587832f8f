import {expect, test} from '@jest/globals'
import {parse} from 'yaml'
import {archiveNames} from './archive-names'
import {type GoreleaserProgram, goreleaserProgram, readGoreleaser} from './goreleaser'

function programOf(text: string, folder: string, name = 'demo-mcp'): GoreleaserProgram | undefined {
  const read = readGoreleaser(parse(text))
  if ('problem' in read) throw new Error(read.problem)
  return goreleaserProgram(read.config, {folder, name})
}

function namesOf(program: GoreleaserProgram | undefined) {
  if (program === undefined) return undefined
  const named = archiveNames(program, {targets: program.targets, semver: '1.2.3', tag: 'v1.2.3'})
  return {...named, archives: named.archives.map(({platform, name}) => `${platform} ${name}`)}
}

const uname = `
    name_template: >-
      {{ .ProjectName }}_
      {{- title .Os }}_
      {{- if eq .Arch "amd64" }}x86_64
      {{- else if eq .Arch "386" }}i386
      {{- else }}{{ .Arch }}{{ end }}
      {{- if .Arm }}v{{ .Arm }}{{ end }}`
const zipOnWindows = `
    format_overrides:
      - goos: windows
        formats: [zip]`

// Each entry has the shape of a public server's file, written anew; the rules are those of
// https://goreleaser.com/customization/builds/go/, https://goreleaser.com/customization/archive/ and
// https://goreleaser.com/customization/universalbinaries/.
const shapes: Record<string, {text: string; folder: string; expected: object; archives: readonly string[]}> = {
  // As what `goreleaser init` writes (strowk/mcp-k8s-go): 386 is among the defaults, darwin/386 does not exist.
  defaults: {
    text: `version: 2\nbefore:\n  hooks: [go mod tidy, go generate ./...]\nbuilds:\n  - env: [CGO_ENABLED=0]\n    goos: [linux, windows, darwin]\narchives:\n  - format: tar.gz${uname}\n    format_overrides:\n      - goos: windows\n        format: zip\n`,
    folder: '.',
    expected: {binary: 'demo-mcp', notices: ['the hooks are not run: go generate ./...']},
    archives: [
      'linux/amd64 demo-mcp_Linux_x86_64.tar.gz',
      'linux/arm64 demo-mcp_Linux_arm64.tar.gz',
      'linux/386 demo-mcp_Linux_i386.tar.gz',
      'windows/amd64 demo-mcp_Windows_x86_64.zip',
      'windows/arm64 demo-mcp_Windows_arm64.zip',
      'windows/386 demo-mcp_Windows_i386.zip',
      'darwin/amd64 demo-mcp_Darwin_x86_64.tar.gz',
      'darwin/arm64 demo-mcp_Darwin_arm64.tar.gz',
    ],
  },
  // As github/github-mcp-server and flashduty/flashduty-mcp-server: flags in one text, formats as one word.
  'one text of flags': {
    text: `version: 2\nproject_name: demo-mcp\nbuilds:\n  - main: ./cmd/demo-mcp\n    goos: [linux]\n    goarch: [amd64]\n    ldflags: -s -w -X main.version={{.Version}} -X main.commit={{.Commit}} -X main.date={{.Date}}\narchives:\n  - formats: tar.gz${uname}\n`,
    folder: 'cmd/demo-mcp',
    expected: {
      ldflags: ['-s -w -X main.version={{.Version}} -X main.commit={{.Commit}} -X main.date={{.Date}}'],
      notices: [],
    },
    archives: ['linux/amd64 demo-mcp_Linux_x86_64.tar.gz'],
  },
  // As grafana/mcp-grafana: three builds of one program, an archive of its own for each of two.
  'several builds of one program': {
    text: `builds:\n  - id: default\n    main: ./cmd/demo-mcp\n    goos: [linux]\n    ldflags: "-s -w -X example.com/demo/v2.version={{.Version}}"\n  - id: extension\n    main: ./cmd/demo-mcp\n    goos: [linux]\n    goarch: [amd64]\nuniversal_binaries:\n  - id: mcpb-universal\n    ids: [mcpb]\n    replace: false\narchives:\n  - id: default\n    ids: [default]\n    formats: tar.gz${uname}\n  - id: extension\n    ids: [extension]\n    formats: tar.gz\n    name_template: "{{ .Os }}.demo"\n`,
    folder: 'cmd/demo-mcp',
    expected: {
      targets: ['linux/amd64', 'linux/arm64', 'linux/386'],
      notices: [
        'these builds of the same program are left out: extension',
        'these further archives are not made: extension',
      ],
    },
    archives: [
      'linux/amd64 demo-mcp_Linux_x86_64.tar.gz',
      'linux/arm64 demo-mcp_Linux_arm64.tar.gz',
      'linux/386 demo-mcp_Linux_i386.tar.gz',
    ],
  },
  // As buildkite/buildkite-mcp-server: `main` is a file, goamd64 shows in names only where a template has it.
  'a file as main': {
    text: `builds:\n  - id: demo\n    binary: demo\n    main: ./cmd/demo/main.go\n    goos: [windows]\n    goarch: [amd64]\n    goamd64: [v2]\n    flags: [-trimpath]\narchives:\n  - formats: ["tar.gz"]${uname}${zipOnWindows}\n`,
    folder: './cmd/demo',
    expected: {binary: 'demo', amd64: 'v2', notices: []},
    archives: ['windows/amd64 demo-mcp_Windows_x86_64.zip'],
  },
  // As giantswarm/mcp-kubernetes: spaces before the trim marks, a folder around everything, zip for macOS too.
  'a folder around everything': {
    text: `builds:\n  - main: .\n    goos: [linux, darwin]\n    goarch: [arm64]\narchives:\n  - wrap_in_directory: true\n    formats: [tar.gz]\n    name_template: >-\n      {{ .ProjectName }}_ {{- title .Os }}_ {{- if eq .Arch "amd64" }}x86_64\n      {{- else }}{{ .Arch }}{{ end }}\n    format_overrides:\n      - goos: darwin\n        formats: [zip]\n`,
    folder: '.',
    expected: {notices: []},
    archives: ['linux/arm64 demo-mcp_Linux_arm64.tar.gz', 'darwin/arm64 demo-mcp_Darwin_arm64.zip'],
  },
  // As mozilla-ai/mcpd: quoted flags for a package inside the module.
  'quoted flags': {
    text: `builds:\n  - main: .\n    binary: demod\n    goos: [linux]\n    goarch: [amd64]\n    ldflags:\n      - -s -w\n      - -X 'example.com/demo/v2/internal/cmd.version={{.Version}}'\n`,
    folder: '.',
    expected: {binary: 'demod', ldflags: ['-s -w', "-X 'example.com/demo/v2/internal/cmd.version={{.Version}}'"]},
    archives: ['linux/amd64 demo-mcp_1.2.3_linux_amd64.tar.gz'],
  },
  // As perses/mcp-server: something before the project's name.
  'a prefix before the name': {
    text: `project_name: mcp-server\nbuilds:\n  - binary: perses-mcp-server\n    goos: [linux]\n    goarch: [amd64]\narchives:\n  - formats: [tar.gz]\n    name_template: perses-{{ .ProjectName }}_{{ .Os }}_{{ .Arch }}\n`,
    folder: '.',
    expected: {binary: 'perses-mcp-server', projectName: 'mcp-server'},
    archives: ['linux/amd64 perses-mcp-server_linux_amd64.tar.gz'],
  },
  // As gw2-mcp: both variants of ARM as numbers, some of them ignored.
  'variants of ARM': {
    text: `builds:\n  - main: ./\n    goos: [linux, windows]\n    goarch: [amd64, arm]\n    goarm: [6, 7]\n    ignore:\n      - goos: windows\n        goarch: arm\n`,
    folder: '.',
    expected: {targets: ['linux/amd64', 'linux/arm/v6', 'linux/arm/v7', 'windows/amd64']},
    archives: [
      'linux/amd64 demo-mcp_1.2.3_linux_amd64.tar.gz',
      'linux/arm/v6 demo-mcp_1.2.3_linux_armv6.tar.gz',
      'linux/arm/v7 demo-mcp_1.2.3_linux_armv7.tar.gz',
      'windows/amd64 demo-mcp_1.2.3_windows_amd64.tar.gz',
    ],
  },
  // As minio/mcs: FreeBSD, and build tags among the flags.
  'FreeBSD and tags': {
    text: `builds:\n  - main: ./cmd/mcs/\n    goos: [freebsd, openbsd]\n    goarch: [amd64]\n    flags: [-trimpath, --tags=kqueue]\n    env: [CGO_ENABLED=0, GOEXPERIMENT=jsonv2]\n`,
    folder: 'cmd/mcs',
    expected: {
      tags: ['kqueue'],
      notices: [
        'these variables of builds are not set: GOEXPERIMENT=jsonv2',
        'these platforms are not built: openbsd/amd64',
      ],
    },
    archives: ['freebsd/amd64 demo-mcp_1.2.3_freebsd_amd64.tar.gz'],
  },
  // As servers with a universal binary in place of the two for macOS, by `build` in the singular.
  'a universal binary': {
    text: `build:\n  targets: [linux_amd64_v1, linux_arm_7, darwin_amd64, darwin_arm64]\nuniversal_binaries:\n  - replace: true\n`,
    folder: '.',
    expected: {targets: ['linux/amd64', 'linux/arm/v7', 'darwin/universal']},
    archives: [
      'linux/amd64 demo-mcp_1.2.3_linux_amd64.tar.gz',
      'linux/arm/v7 demo-mcp_1.2.3_linux_armv7.tar.gz',
      'darwin/universal demo-mcp_1.2.3_darwin_all.tar.gz',
    ],
  },
  // As servers that publish the bare executable.
  'no archive at all': {
    text: `builds:\n  - binary: demo\n    goos: [linux, windows]\n    goarch: [amd64]\narchives:\n  - formats: [binary]\n    name_template: "{{ .Binary }}-{{ .Os }}-{{ .Arch }}"\n`,
    folder: '.',
    expected: {binary: 'demo'},
    archives: ['linux/amd64 demo-linux-amd64', 'windows/amd64 demo-windows-amd64.exe'],
  },
  'a name from the environment': {
    text: `builds:\n  - goos: [linux]\n    goarch: [amd64]\narchives:\n  - name_template: "{{ .Env.PREFIX }}_{{ .Arch }}"\n    formats: [tar.xz]\n    format_overrides: [{goos: linux, formats: [tar.gz]}]\n`,
    folder: '.',
    expected: {},
    archives: ['linux/amd64 demo-mcp_1.2.3_linux_amd64.tar.gz'],
  },
}

test.each(Object.entries(shapes))('%s', (_, {text, folder, expected, archives}) => {
  const program = programOf(text, folder)
  expect(program).toMatchObject(expected)
  expect(namesOf(program)?.archives).toEqual(archives)
})

test('what cannot be told of a name is said once', () => {
  const {text, folder} = shapes['a name from the environment'] ?? {text: '', folder: ''}
  expect(namesOf(programOf(text, folder))?.notices).toEqual([
    'name_template: it takes the variable PREFIX of the machine, which is not read',
  ])
  const xz = 'builds: [{goos: [linux], goarch: [amd64]}]\narchives: [{formats: [tar.xz]}]\n'
  expect(namesOf(programOf(xz, '.'))?.notices).toEqual(['archives of the format tar.xz are not written'])
  const same = 'builds: [{goos: [linux]}]\narchives: [{name_template: "{{ .ProjectName }}"}]\n'
  expect(namesOf(programOf(same, '.'))).toMatchObject({
    archives: expect.arrayContaining(['linux/386 demo-mcp_1.2.3_linux_386.tar.gz']),
    notices: ['its name_template gives demo-mcp.tar.gz to several platforms'],
  })
})

test('a program that it does not build, or builds with another language, is not its own', () => {
  expect(programOf('builds: [{main: ./cmd/other}]', '.')).toBeUndefined()
  expect(programOf('builds: [{builder: rust}]', '.')).toBeUndefined()
  expect(programOf('builds: [{builder: prebuilt, prebuilt: {path: x}}]', '.')).toBeUndefined()
  expect(programOf('builds: [{skip: true}]', '.')).toBeUndefined()
  expect(programOf('builds: [{dir: server, main: ./cmd/x}]', 'server/cmd/x')).toBeDefined()
  expect(programOf('', '.')?.ldflags).toEqual([])
})

test('a file of another shape is a problem, not an exception', () => {
  expect(readGoreleaser('text')).toHaveProperty('problem')
  expect(readGoreleaser({builds: 'all'})).toEqual({problem: expect.stringContaining('builds')})
})

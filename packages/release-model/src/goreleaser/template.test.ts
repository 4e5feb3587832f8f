import {expect, test} from '@jest/globals'
import {renderTemplate} from './template'

const fields = {
  ProjectName: 'demo',
  Version: '1.2.3',
  Tag: 'v1.2.3',
  Os: 'linux',
  Arch: 'amd64',
  Arm: '',
  Amd64: 'v1',
  Mips: '',
}
const arm = {...fields, Arch: 'arm', Arm: '6', Amd64: ''}
// The name that `goreleaser init` writes: https://goreleaser.com/customization/archive/
const initial = `{{ .ProjectName }}_
{{- title .Os }}_
{{- if eq .Arch "amd64" }}x86_64
{{- else if eq .Arch "386" }}i386
{{- else }}{{ .Arch }}{{ end }}
{{- if .Arm }}v{{ .Arm }}{{ end }}`
// The default: https://goreleaser.com/customization/archive/
const standard =
  '{{ .ProjectName }}_{{ .Version }}_{{ .Os }}_{{ .Arch }}{{ with .Arm }}v{{ . }}{{ end }}{{ with .Mips }}_{{ . }}{{ end }}{{ if not (eq .Amd64 "v1") }}{{ .Amd64 }}{{ end }}'

test.each([
  [initial, fields, 'demo_Linux_x86_64'],
  [initial, arm, 'demo_Linux_armv6'],
  [standard, fields, 'demo_1.2.3_linux_amd64'],
  [standard, arm, 'demo_1.2.3_linux_armv6'],
  ['{{ .ProjectName }}-{{ .Tag | trimprefix "v" }}', fields, 'demo-v'],
  ['{{ trimprefix .Tag "v" }}-{{ tolower (title .Os) }}', fields, '1.2.3-linux'],
  ['{{- if and (eq .Os "linux") (ne .Arch "arm") -}} yes {{- else -}} no {{- end -}}', fields, 'yes'],
  [
    '{{ if or (eq .Os "darwin") (eq .Os "windows") }}desktop{{ else }}{{ replace .Os "linux" "server" }}{{ end }}',
    fields,
    'server',
  ],
  ['{{ printf "%s-%s" .Os .Arch }}{{/* a comment */}}', fields, 'linux-amd64'],
  ['{{ $.ProjectName }}{{ with .Arm }}{{ $.Os }}{{ else }}!{{ end }}', fields, 'demo!'],
  ['{{ envOrDefault "SUFFIX" "none" }}', fields, 'none'],
  ['plain', fields, 'plain'],
] as const)('%j', (template, given, text) => {
  expect(renderTemplate(template, given)).toEqual({text})
})

test.each([
  ['{{ .Env.CUSTOM }}', 'it takes the variable CUSTOM of the machine, which is not read'],
  ['{{ .Runtime.Goos }}', '.Runtime.Goos is not known here'],
  ['{{ range .Things }}{{ end }}', '{{ range .Things }} is more than is understood here'],
  ['{{ $x := .Os }}', 'is more than is understood here'],
  ['{{ readFile "/etc/passwd" }}', 'the function readFile is not known here'],
  ['{{ if .Os }}', '{{ if }} has no end'],
  ['{{ end }}', '{{ end }} has no beginning'],
  ['{{ (eq .Os "x" }}', 'has no )'],
  ['{{ constructor }}', 'the function constructor is not known here'],
  ['{{ .constructor }}', '.constructor is not known here'],
])('%j cannot be told', (template, problem) => {
  expect(renderTemplate(template, fields)).toEqual({problem: expect.stringContaining(problem)})
})

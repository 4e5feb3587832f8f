import type {ReleaseSettings} from '@mcp-release/release-model'
import {detectPackages} from '../detect-packages'

export const detect = (
  texts: Record<string, string>,
  {
    others = [],
    folder = 'notes',
    settings = {},
  }: {others?: readonly string[]; folder?: string; settings?: ReleaseSettings} = {},
) => detectPackages({files: [...Object.keys(texts), ...others].sort(), texts}, {folder, image: 'auto', settings})
export const released = (texts: Record<string, string>, more: Parameters<typeof detect>[1] = {}) =>
  detect(texts, more).packages.map(({name}) => name)
export const aside = (texts: Record<string, string>, more: Parameters<typeof detect>[1] = {}) =>
  detect(texts, more).skipped.flatMap(({subject, reason}) =>
    subject.endsWith(')') ? [`${subject.replace(/ .*/, '')}: ${reason}`] : [],
  )
export const mod = 'module example.com/octo/notes\n'
export const main = 'package main\n\nfunc main() {}\n'

export const serving = (sdk: string, call: string) =>
  `package main\n\nimport (\n\t"${sdk}"\n)\n\nfunc main() { ${call} }\n`

export const crate = (more: string) => `[package]\nname = "notes"\nversion = "1.0.0"\nedition = "2021"\n${more}`

export const sources = ['src/main.rs', 'src/bin/extra.rs', 'src/bin/more/main.rs', 'src/bin/more/help.rs']

export const npm = (content: object) => JSON.stringify({name: 'notes', version: '1.0.0', ...content})

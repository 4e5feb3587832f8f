/** What setup.cfg and setup.py say of a project, as far as it can be read without running them. */
export interface SetupProject {
  readonly name?: string
  readonly version?: string
  readonly license?: string
  readonly scripts: Readonly<Record<string, string>>
  /** The file that names the project. */
  readonly file: 'setup.cfg' | 'setup.py'
}

/** Reads setup.cfg (https://setuptools.pypa.io/en/latest/userguide/declarative_config.html), and the plain texts of setup.py. */
export function setupProject(cfg: string | undefined, py: string | undefined): SetupProject {
  const sections = sectionsOf(cfg ?? '')
  const metadata = sections.get('metadata') ?? new Map<string, string>()
  const code = (py ?? '').replace(/^\s*#.*$/gm, '')
  const keyword = (name: string) =>
    new RegExp(`\\b${name}\\s*=\\s*(['"])([^'"\\n]{1,200})\\1`).exec(
      /setup\s*\(/.test(code) ? code.slice(code.search(/setup\s*\(/)) : '',
    )?.[2]
  const read = (name: string) => literal(metadata.get(name)) ?? keyword(name)
  const [name, version, license] = [read('name'), read('version'), read('license')]
  const lines = sections.get('options.entry_points')?.get('console_scripts') ?? listIn(code)
  return {
    ...(name === undefined ? {} : {name}),
    ...(version === undefined ? {} : {version}),
    ...(license === undefined ? {} : {license}),
    scripts: scriptsIn(lines),
    file: literal(metadata.get('name')) === undefined ? 'setup.py' : 'setup.cfg',
  }
}

// `attr: module.__version__` and `file: VERSION` are read when it is built.
function literal(value: string | undefined): string | undefined {
  return value === undefined || value === '' || /^(?:attr|file):/.test(value) ? undefined : value
}

function sectionsOf(cfg: string): ReadonlyMap<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>()
  let section = new Map<string, string>()
  let key = ''
  for (const line of cfg.split(/\r?\n/)) {
    const [, header] = /^\[([^\]]+)\]/.exec(line) ?? []
    const [, name = '', value = ''] = /^([\w.-]+)\s*[=:]\s*(.*)$/.exec(line) ?? []
    if (/^\s*[#;]/.test(line)) continue
    if (header !== undefined) {
      section = sections.get(header) ?? new Map<string, string>()
      sections.set(header, section)
    } else if (name !== '') section.set((key = name), value.trim())
    else if (/^\s+\S/.test(line) && key !== '') section.set(key, `${section.get(key) ?? ''}\n${line.trim()}`)
  }
  return sections
}

function listIn(code: string): string {
  const at = code.indexOf('console_scripts')
  if (at < 0) return ''
  const [, list = ''] = /^['"]\s*:\s*\[([^\]]{0,4000})\]/.exec(code.slice(at + 'console_scripts'.length)) ?? []
  return [...list.matchAll(/['"]([^'"\n]+)['"]/g)].map(([, text = '']) => text).join('\n')
}

function scriptsIn(lines: string): Readonly<Record<string, string>> {
  const found = lines.split('\n').flatMap(line => {
    const [, name = '', target = ''] = /^\s*([^=\s]+)\s*=\s*(\S+)/.exec(line) ?? []
    return name === '' ? [] : [[name, target] as const]
  })
  return Object.fromEntries(found)
}

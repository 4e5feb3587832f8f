import {type Tree, below, fileNameOf, folderOf, isBelow} from './detected'

/** A Python program that is no package: where it lies, and what it is known by. */
export interface Unpackaged {
  /** Where pyproject.toml belongs. */
  readonly folder: string
  /** The name that the package gets, such as that of its folder. */
  readonly name: string
  readonly tree: Tree
}

/**
 * The lines that make a package of a Python program which has only a requirements.txt or the like
 * (https://packaging.python.org/en/latest/guides/writing-pyproject-toml/). A pyproject.toml that is there gets those that it lacks.
 */
export function packagingLines({folder, name: given, tree}: Unpackaged): string {
  const name = projectName(given)
  const file = below(folder, 'pyproject.toml')
  const own = tree.texts[file]
  const module = moduleIn(folder, name, tree)
  const dependencies = requirementsOf(tree.texts[below(folder, 'requirements.txt')] ?? '')
  const lines = [
    ...(own?.includes('[build-system]') === true
      ? []
      : ['[build-system]', 'requires = ["setuptools>=77"]', 'build-backend = "setuptools.build_meta"', '']),
    '[project]',
    `name = "${name}"`,
    'version = "0.1.0"',
    'requires-python = ">=3.10"',
    ...(dependencies.length === 0
      ? ['dependencies = []  # what it imports, by the names on PyPI']
      : ['dependencies = [', ...dependencies.map(dependencyLine), ']']),
    '',
    '[project.scripts]',
    `${name} = "${module.entry}:main"`,
    '',
    ...module.lines,
  ]
  const does = own === undefined ? `Write ${file}` : `Add to ${file}`
  return [
    `${does}, where main() of ${module.entry} starts the server:`,
    ...lines.map(line => (line === '' ? '' : `    ${line}`)),
  ].join('\n')
}

// https://packaging.python.org/en/latest/specifications/name-normalization/
function projectName(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+|[._-]+$/g, '')
  return plain === '' ? 'my-server' : plain
}

interface Module {
  readonly entry: string
  /** What setuptools must be told. */
  readonly lines: readonly string[]
}

/** The module that most likely starts the server: a package of the folder or of src, else a file. */
function moduleIn(folder: string, name: string, {files}: Tree): Module {
  const wanted = name.replaceAll(/[-.]/g, '_')
  const own = files
    .filter(file => isBelow(file, folder))
    .map(file => (folder === '.' ? file : file.slice(folder.length + 1)))
  for (const where of ['src', '.']) {
    const packages = own
      .filter(file => fileNameOf(file) === '__init__.py' && folderOf(folderOf(file)) === where)
      .map(folderOf)
    const chosen = packages.find(each => fileNameOf(each) === wanted) ?? packages[0]
    if (chosen === undefined) continue
    const inner = ['server.py', 'main.py', '__main__.py', 'cli.py', 'app.py'].find(file =>
      own.includes(`${chosen}/${file}`),
    )
    const top = fileNameOf(chosen)
    return {
      entry: inner === undefined ? top : `${top}.${inner.slice(0, -3)}`,
      lines: [
        '[tool.setuptools.packages.find]',
        ...(where === 'src' ? ['where = ["src"]'] : [`include = ["${top}*"]`]),
      ],
    }
  }
  const scripts = own.filter(file => /^[A-Za-z_]\w*\.py$/.test(file) && !/^(?:setup|conftest|test_.*)\.py$/.test(file))
  const first =
    ['server.py', `${wanted}.py`, 'main.py', 'app.py'].find(file => scripts.includes(file)) ?? scripts[0] ?? 'server.py'
  const modules = scripts.length === 0 ? [first] : scripts
  const names = modules.map(file => JSON.stringify(file.slice(0, -3))).join(', ')
  return {entry: first.slice(0, -3), lines: ['[tool.setuptools]', `py-modules = [${names}]`]}
}

/**
 * The requirements of a requirements.txt as [project] takes them: without options, comments and hashes
 * (https://pip.pypa.io/en/stable/reference/requirements-file-format/).
 */
function requirementsOf(text: string): readonly string[] {
  return text
    .replaceAll(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map(line =>
      line
        .replace(/(?:^|\s)#.*$/, '')
        .replace(/\s--?[a-z][\w-]*.*$/, '')
        .trim(),
    )
    .filter(line => /^[A-Za-z0-9./]/.test(line))
}

// PyPI refuses what comes from elsewhere: https://docs.pypi.org/project_metadata/
function dependencyLine(requirement: string): string {
  const isElsewhere = /:\/\/|^[./]|\.(?:whl|zip|tar\.gz)$/.test(requirement)
  return isElsewhere ? `  # PyPI takes nothing from elsewhere: ${requirement}` : `  ${JSON.stringify(requirement)},`
}

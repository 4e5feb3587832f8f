import {type Tree, below, fileNameOf, folderOf, isBelow} from './detected'
import {npmLines} from './seen-npm'
import {packagingLines} from './seen-python'
import {isAside} from './tree'

/** What lies in a repository without a package, and what would make a package of it. */
export interface Seen {
  readonly subject: string
  readonly reason: string
  readonly hint: string
}

interface Kind {
  readonly files: RegExp
  /** What is told once for a folder and all below it. */
  readonly family: string
  /** With one of these, the folder is a package of that kind, of which something else is told. */
  readonly unless?: readonly string[]
  readonly reason: string
  readonly hint: (place: {readonly file: string; readonly name: string; readonly tree: Tree}) => string
}

const image = 'Add a Containerfile at the root whose ENTRYPOINT starts the server: it is released as an image.'
const foreign = (language: string) => ({
  family: language,
  reason: `it is a project in ${language}, of which no package is built`,
  hint: () => image,
})
const python = (reason: string) => ({
  family: 'Python',
  reason,
  unless: ['pyproject.toml', 'setup.py', 'setup.cfg'],
  hint: ({file, name, tree}: {readonly file: string; readonly name: string; readonly tree: Tree}) =>
    packagingLines({folder: folderOf(file), name, tree}),
})

// In this order: what says more of a folder comes first.
const kinds: readonly Kind[] = [
  {files: /^requirements\.txt$/, ...python('it lists what a Python program needs, and makes no package of it')},
  {files: /^environment\.ya?ml$/, ...python('it describes an environment of conda, not a package')},
  {files: /^Pipfile$/, ...python('it describes an environment of pipenv, not a package')},
  {files: /^pyproject\.toml$/, ...python('it has no [project] with a name, so it only configures tools')},
  {
    files: /^setup\.(?:py|cfg)$/,
    family: 'Python',
    reason: 'its name cannot be read without running it',
    hint: ({file}) =>
      file.endsWith('.py')
        ? `Write the name as a plain text into setup(…) of ${file}: name="my-server".`
        : `Write name = my-server below [metadata] of ${file}.`,
  },
  {files: /^(?:server|main|app)\.py$/, ...python('it is a Python program without a package around it')},
  {
    files: /^(?:deno\.jsonc?|jsr\.json)$/,
    family: 'JavaScript',
    unless: ['package.json'],
    reason: 'it is a project of Deno or JSR, of which no package is built',
    hint: place =>
      `${npmLines(place)}\nWhat calls Deno itself (Deno.*) is made by dnt (https://github.com/denoland/dnt) in place of esbuild. Or: ${image}`,
  },
  {
    files: /^(?:server|index|main)\.[cm]?[jt]s$/,
    family: 'JavaScript',
    unless: ['package.json'],
    reason: 'it is a program for Node.js without a package.json',
    hint: npmLines,
  },
  {
    files: /^main\.go$/,
    family: 'Go',
    unless: ['go.mod'],
    reason: 'it is a Go program without a module',
    hint: ({file}) =>
      `Run \`go mod init\` with the address of the repository in ${folderOf(file)}, and \`go mod tidy\`.`,
  },
  {
    files: /^main\.rs$/,
    family: 'Rust',
    unless: ['Cargo.toml'],
    reason: 'it is a Rust program without a crate',
    hint: () => 'Run `cargo init --bin` at the root, and move the source to src/main.rs.',
  },
  {files: /\.(?:cs|fs|vb)proj$|\.slnx?$/, ...foreign('.NET')},
  {
    files: /^(?:pom\.xml|build\.gradle(?:\.kts)?|settings\.gradle(?:\.kts)?|build\.sbt)$/,
    ...foreign('Java, Kotlin or Scala'),
  },
  {files: /^Gemfile$|\.gemspec$/, ...foreign('Ruby')},
  {files: /^composer\.json$/, ...foreign('PHP')},
  {files: /^Package\.swift$/, ...foreign('Swift')},
  {files: /^mix\.exs$/, ...foreign('Elixir')},
  {files: /^pubspec\.ya?ml$/, ...foreign('Dart')},
  {files: /^build\.zig$/, ...foreign('Zig')},
  {files: /^(?:CMakeLists\.txt|meson\.build|configure\.ac)$/, ...foreign('C or C++')},
  {files: /\.cabal$|^(?:stack|package)\.yaml$/, ...foreign('Haskell')},
  {files: /^(?:deps\.edn|project\.clj)$/, ...foreign('Clojure')},
  {
    files: /^(?:GNUm|[Mm])akefile$|^[Jj]ustfile$|^Taskfile\.ya?ml$/,
    family: 'other',
    reason: 'it says how to build something, not what',
    hint: () => image,
  },
  {
    files: /^(?:docker-)?compose(?:\.\w+)?\.ya?ml$/,
    family: 'other',
    reason: 'it starts images, and makes none that could be released',
    hint: () => image,
  },
  {
    files: /^flake\.nix$/,
    family: 'other',
    reason: 'it builds with Nix, of which no package is made here',
    hint: () => image,
  },
]

const most = 8

interface Surroundings {
  /** The name of the repository, or of its folder. */
  readonly repository: string
  /** The manifests of which something is told already. */
  readonly known: ReadonlySet<string>
}

/** What was seen in place of packages, at most one of a kind for each folder, those at the root first. */
export function seenInstead(tree: Tree, {repository, known}: Surroundings): readonly Seen[] {
  const files = [...tree.files].sort((one, other) => depth(one) - depth(other))
  if (files.length === 0 && (tree.listed ?? []).length === 0)
    return [
      {
        subject: repository,
        reason: 'the folder is empty',
        hint: 'Check the repository out first (actions/checkout), or correct working-directory.',
      },
    ]
  const told: {readonly family: string; readonly folder: string}[] = []
  const seen = kinds.flatMap(kind =>
    files
      .filter(file => kind.files.test(fileNameOf(file)) && !isAside(file) && !known.has(file))
      .filter(file => kind.unless?.some(name => known.has(below(folderOf(file), name))) !== true)
      .flatMap(file => {
        const folder = folderOf(file)
        // What lies around a file is mostly the program that it belongs to.
        if (told.some(each => each.family === kind.family && isBelow(folder, each.folder))) return []
        told.push({family: kind.family, folder})
        const hint = kind.hint({file, name: nameAt(folder, repository), tree})
        return [{subject: file, reason: kind.reason, hint}]
      }),
  )
  return [...seen, ...asideOf(tree)].slice(0, most)
}

/** Packages in folders that hold material, such as examples: they are released from there. */
function asideOf({listed = []}: Tree): readonly Seen[] {
  const manifests = /(?:^|\/)(?:pyproject\.toml|package\.json|go\.mod|Cargo\.toml)$/
  return listed
    .filter(file => manifests.test(file) && isAside(file) && !file.includes('node_modules/'))
    .map(file => ({
      subject: file,
      reason: 'packages in such a folder are examples, tests or what was built, and not part of a release',
      hint: `To release it, give its folder: working-directory: ${folderOf(file)}`,
    }))
}

function depth(file: string): number {
  return file.split('/').length
}

function nameAt(folder: string, repository: string): string {
  return folder === '.' ? repository : fileNameOf(folder)
}

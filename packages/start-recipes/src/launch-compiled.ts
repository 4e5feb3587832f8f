import {type Launcher, own} from './launch-kinds'
import {skipOptions, valuesOf} from './options'
import {type StartTarget, baseName, isOwnCommand, sameName} from './target'

const goFlags =
  '-C -mod -modfile -overlay -tags -ldflags -gcflags -asmflags -o -p -exec -buildmode -compiler -pkgdir -toolexec -covermode -coverpkg -pgo'.split(
    ' ',
  )

/** `go run PACKAGE` (https://pkg.go.dev/cmd/go#hdr-Compile_and_run_Go_program): a folder, files, or an import path with a version. */
export const goRun: Launcher = (words, target) => {
  if (words[0] !== 'run') return undefined
  const {rest} = skipOptions(words.slice(1), {valued: goFlags})
  const [place = '', ...behind] = rest
  if (target.ecosystem !== 'go' || place === '') return undefined
  const [path = '', version] = place.split('@')
  if (isImportPath(path)) {
    if (path === target.importPath) return own(behind)
    return version === undefined ? undefined : {fetches: 'go', name: path}
  }
  const isFile = path.endsWith('.go')
  const more = isFile ? behind.findIndex(word => !word.endsWith('.go')) : 0
  const args = more < 0 ? [] : behind.slice(more)
  return isOwnFolder(isFile ? folderOf(path) : path, target) ? own(args) : undefined
}

// The first part of a module that can be fetched is a host (https://go.dev/ref/mod#module-path).
function isImportPath(path: string): boolean {
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+\//i.test(path)
}

function folderOf(file: string): string {
  const plain = file.replaceAll('\\', '/')
  const cut = plain.lastIndexOf('/')
  return cut < 0 ? '.' : plain.slice(0, cut)
}

function isOwnFolder(place: string, target: StartTarget): boolean {
  const plain = place.replaceAll('\\', '/').replace(/^\.\/(?=.)|\/+$/g, '') || '.'
  const {main, path, alone} = target
  if (main === undefined) return isOwnCommand(plain, target) || (alone && /^\.?(?:\/|$)/.test(place))
  const folder = main.replace(/^\.\//, '')
  if (folder === '.') return plain === '.' || plain === path || (alone && /^(?:[~/$]|[A-Za-z]:)/.test(plain))
  return plain === folder || plain.endsWith(`/${folder}`)
}

const cargoFlags =
  '--bin --example -p --package --manifest-path --features -F --target --target-dir --profile -j --jobs --color --config --message-format --lockfile-path -Z'.split(
    ' ',
  )

/** `cargo run` (https://doc.rust-lang.org/cargo/commands/cargo-run.html): arguments for cargo stand before `--`. */
export const cargoRun: Launcher = (words, target) => {
  const {rest: behind} = skipOptions(words[0]?.startsWith('+') === true ? words.slice(1) : words, {
    valued: ['--color', '--config', '-C', '-Z'],
  })
  const [verb = ''] = behind
  if (target.ecosystem !== 'cargo' || (verb !== 'run' && verb !== 'r')) return undefined
  const {given, rest} = skipOptions(behind.slice(1), {valued: cargoFlags})
  if (given.some(([name]) => name === '--example')) return undefined
  const [bin] = valuesOf(given, '--bin')
  const [crate] = valuesOf(given, '-p', '--package')
  if (bin !== undefined) return isOwnCommand(bin, target) ? own(rest) : undefined
  if (crate === undefined) return target.alone ? own(rest) : undefined
  const names = [target.name, target.crate, baseName(target.path)]
  const isOwn = names.some(each => each !== undefined && sameName(each, crate.replace(/@.*$/, '')))
  return isOwn ? own(rest) : undefined
}

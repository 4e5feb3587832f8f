import {cargoRun, goRun} from './launch-compiled'
import {compose, docker} from './launch-docker'
import {type Launch, type Launcher, type Read, type Reading, type Stranger, isLaunch, own} from './launch-kinds'
import {bun, deno, node, npm, npmPackage, runner} from './launch-npm'
import {isPython, projectRunners, python, pythonTool, uv} from './launch-python'
import {skipOptions} from './options'
import {type StartTarget, baseName, isOwnCommand} from './target'
import {inside} from './wrappers'

export type {Launch, Stranger} from './launch-kinds'

/** What a command gives to a package's server when it is what the command starts; `undefined` when it starts something else. */
export function launchOf(argv: readonly string[], target: StartTarget): Launch | undefined {
  const reading = reader(0)(argv, target)
  return isLaunch(reading) ? reading : undefined
}

/** The package that a command fetches by name in place of the target; `undefined` when it starts the target, or no package. */
export function strangerOf(argv: readonly string[], target: StartTarget): Stranger | undefined {
  const reading = reader(0)(argv, target)
  return reading === undefined || isLaunch(reading) ? undefined : reading
}

// Wrappers lie in one another at most a few times.
const deepest = 5

function reader(depth: number): Read {
  return (argv, target) => {
    if (depth > deepest) return undefined
    const read = reader(depth + 1)
    const starts = inside(argv)
    if (starts === undefined) return started(argv, target, read)
    const readings = starts.map(({argv: inner, env}) => {
      const reading = read(inner, target)
      return isLaunch(reading) ? {...reading, env: {...env, ...reading.env}} : reading
    })
    return readings.find(isLaunch) ?? readings.find(reading => reading !== undefined)
  }
}

function started(argv: readonly string[], target: StartTarget, read: Read): Reading {
  const [command = '', ...rest] = argv
  const program = baseName(command).toLowerCase()
  const launcher = Object.hasOwn(launchers, program) ? launchers[program] : isPython(program) ? python : undefined
  const reading = launcher?.(rest, target, read)
  return reading ?? (command !== '' && isOwnCommand(command, target) ? own(rest) : undefined)
}

/** `nix run INSTALLABLE -- …` (https://nix.dev/manual/nix/latest/command-ref/new-cli/nix3-run): the project's own flake. */
const nix: Launcher = (words, target, read) => {
  if (words[0] !== 'run') return undefined
  const cut = words.indexOf('--')
  const {rest} = skipOptions(words.slice(1, cut < 0 ? undefined : cut), {valued: ['--option', '--override-input']})
  const args = cut < 0 ? [] : words.slice(cut + 1)
  const [flake = '.'] = rest
  const [, attribute] = /^nixpkgs(?:\/[^#]*)?#([\w-]+)$/.exec(flake) ?? []
  if (attribute !== undefined) return read([attribute.replace(/^nodejs.*$/, 'node'), ...args], target)
  return target.alone && /^(?:\.|github:|git\+|path:|\/|~)/.test(flake) ? own(args) : undefined
}

const launchers: Readonly<Record<string, Launcher>> = {
  npx: npmPackage,
  bunx: npmPackage,
  // It is `pnpm dlx`, which always fetches.
  pnpx: (words, target, read) => npmPackage(words, {...target, installed: false}, read),
  npm,
  pnpm: runner,
  yarn: runner,
  bun,
  deno,
  node,
  nodejs: node,
  tsx: node,
  'ts-node': node,
  'ts-node-esm': node,
  nodemon: node,
  'vite-node': node,
  uvx: pythonTool,
  uv,
  pipx: (words, target, read) => (words[0] === 'run' ? pythonTool(words.slice(1), target, read) : undefined),
  ...projectRunners,
  go: goRun,
  cargo: cargoRun,
  nix,
  docker,
  podman: docker,
  nerdctl: docker,
  container: docker,
  'docker-compose': compose,
  'podman-compose': compose,
}

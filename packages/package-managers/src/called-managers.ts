import type {ManagerName} from './manager'

const programs: Readonly<Record<string, ManagerName>> = {
  npm: 'npm',
  npx: 'npm',
  pnpm: 'pnpm',
  pnpx: 'pnpm',
  yarn: 'yarn',
  yarnpkg: 'yarn',
  bun: 'bun',
  bunx: 'bun',
}

/** The package managers that a script calls as programs, in the order of their first call. */
export function calledManagers(script: string): readonly ManagerName[] {
  const found = script
    .split(/&&|\|\||[;|&\n()]/)
    .flatMap(command => programOf(command) ?? [])
    .flatMap(program => programs[program] ?? [])
  return [...new Set(found)]
}

// Variables, and programs that start the one behind them, come before the program itself.
const before = /^(?:[A-Za-z_]\w*=\S*|cross-env|env|exec|time|dotenv|--|-\S+|is-ci|CI)$/

function programOf(command: string): readonly string[] | undefined {
  const words = command.trim().split(/\s+/)
  const at = words.findIndex(word => !before.test(word))
  const quotedCalls = [...command.matchAll(/["']((?:pnpm|yarn|bun|npm|npx|bunx|pnpx)) [^"']*["']/g)].map(
    ([, name = '']) => name,
  )
  return at === -1 ? quotedCalls : [(words[at] ?? '').replace(/^["']/, ''), ...quotedCalls]
}

/**
 * The scripts of a package.json that run when some of them are started: their `pre` and `post` scripts, and those that they
 * call through a package manager.
 */
export function reachableScripts(
  scripts: Readonly<Record<string, string>>,
  started: readonly string[],
): readonly string[] {
  const seen = new Set<string>()
  const visit = (name: string) => {
    for (const each of [`pre${name}`, name, `post${name}`]) {
      const script = scripts[each]
      if (script === undefined || seen.has(each)) continue
      seen.add(each)
      for (const called of Object.keys(scripts)) if (calls(script, called)) visit(called)
    }
  }
  for (const name of started) visit(name)
  return [...seen]
}

function calls(script: string, name: string): boolean {
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(
    `(?:^|[\\s"'&|;(])(?:run |run-script |npm-run-all .*|run-[sp] .*|(?:pnpm|yarn|bun) )${literal}(?![\\w:-])`,
  ).test(script)
}

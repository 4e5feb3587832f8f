import {places} from '@mcp-release/mcp'
import {missingFor} from './attempts'
import type {MissingValues} from './words/missing-values'
import type {StartOption} from './start-options'

/** What a bundle's own command gives to its server. */
interface Own {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** What a bundle's manifest lacks. */
export interface Gaps {
  /** In words. */
  readonly text: string
  /** Whether something else than the server's last words says so. */
  readonly bySource: boolean
  /** What the server itself asks for. */
  readonly asked: MissingValues
}

/**
 * Why a bundle that does not start cannot: what elsewhere is known to be needed, or what the server itself asks for, and
 * nothing in its manifest gives. `undefined` when the manifest lacks nothing.
 */
export function bundleGaps(
  own: Own,
  {known, words, name}: {readonly known: readonly StartOption[]; readonly words: string; readonly name: string},
): Gaps | undefined {
  const gaps = known.map(option => ({missing: lacks(own, option), source: option.source}))
  // Where one way to start it has all that it takes, something else is wrong.
  const found = gaps.every(({missing}) => missing.length > 0) ? gaps[0] : undefined
  const asked = missingFor(own, words, name)
  const said = [...asked.variables, ...asked.options, ...asked.positionals.map(each => `<${each}>`)]
  const names = [...new Set([...(found?.missing ?? []), ...said])]
  if (names.length === 0) return undefined
  const source =
    found === undefined || found.missing.length === 0
      ? 'which the server asks for'
      : `which ${found.source} says it needs`
  return {
    text: `nothing in the manifest gives ${names.join(', ')}, ${source}; a client that installs this bundle starts nothing`,
    bySource: (found?.missing ?? []).length > 0,
    asked,
  }
}

// Values of one user are other ones in the manifest: flags and words that everybody gives must be there.
function lacks(own: Own, {args, env}: StartOption): readonly string[] {
  const isThere = (arg: string) => own.args.some(each => each === arg || each.startsWith(`${arg}=`))
  const missing = args.filter((arg, at) => {
    if (isThere(arg)) return false
    const flag = /^(--?[A-Za-z][\w-]*)=/.exec(arg)?.[1]
    if (flag !== undefined) return !isThere(flag)
    return arg.startsWith('-') || !isAnswer(arg, args[at - 1])
  })
  const positionals = args.filter(
    (arg, at) => !arg.startsWith('-') && isAnswer(arg, undefined) && !args[at - 1]?.startsWith('-'),
  )
  const all = positionals.length > 0 && own.args.length < args.length ? [...missing, ...positionals] : missing
  return [...all.map(shown), ...Object.keys(env).filter(name => !(name in own.env))]
}

// What stands behind a flag, and dummies, are one user's.
function isAnswer(arg: string, before: string | undefined): boolean {
  return before?.startsWith('-') === true || /\$\{(?:folder|file|port)\}|^dummy\b/.test(arg)
}

function shown(arg: string): string {
  return arg === places.folder ? 'a folder' : arg === places.file ? 'a file' : arg
}

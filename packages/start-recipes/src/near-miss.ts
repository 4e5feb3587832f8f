import type {Configuration} from './configuration'
import {strangerOf} from './launch'
import {isRelated} from './launch-docker'
import type {Stranger} from './launch-kinds'
import {installedByNpm} from './launch-npm'
import {type StartTarget, lastPart, sameName} from './target'

/** Instructions that start something which is called nearly like the target, and is not it. */
export interface NearMiss extends Stranger {
  readonly source: string
  readonly argv: readonly string[]
}

/** A target whose instructions install it before they start it, where they do. */
export function asInstalled(target: StartTarget, configurations: readonly Configuration[]): StartTarget {
  const installs = ({argv, form}: Configuration) => form === 'shell' && installedByNpm(argv).includes(target.name)
  return target.ecosystem === 'npm' && configurations.some(installs) ? {...target, installed: true} : target
}

/**
 * What instructions fetch from the target's own registry that is not the target, though its name says that it was meant:
 * the name of a command, the name without or with another scope, or one that differs in `mcp` and `server` alone. Names
 * that the repository publishes are never among them.
 */
export function nearMisses(configurations: readonly Configuration[], target: StartTarget): readonly NearMiss[] {
  const told = asInstalled(target, configurations)
  const found = configurations.flatMap(({argv, form, source}): readonly NearMiss[] => {
    const stranger = argv.length === 0 ? undefined : strangerOf(argv, told)
    if (stranger?.fetches !== target.ecosystem) return []
    const isNear = stranger.command !== undefined || isMeant(stranger.name, target, form)
    return isNear ? [{...stranger, source, argv}] : []
  })
  return found.filter(
    (each, at) => found.findIndex(({name, command}) => name === each.name && command === each.command) === at,
  )
}

// A line to type may show anything; only the very name of a command or package tells that the target was meant.
function isMeant(name: string, {name: own, executables}: StartTarget, form: Configuration['form']): boolean {
  const base = lastPart(name)
  if ([lastPart(own), ...executables].some(each => sameName(each, base))) return true
  return form === 'client' && isRelated(lastPart(own), base)
}

import {printable} from '@mcp-release/mcp'
import {type Attempt, dummies, missingFor, wordsOf} from './attempts'
import type {Planned} from './planned'
import type {MissingValues} from './words/missing-values'
import {type Cause, argumentsFromHelp, causeOf, needOf} from './words/need'
import {crashRemedy} from './words/crash'
import {type Addition, settingsFile, settingsLines} from './words/settings-lines'

/** What a failed start means. */
export interface Reading {
  readonly status: 'failed' | 'unverified'
  /** `unverified`: what the server needs. */
  readonly reason?: string
  /** What to do, with the exact lines to add. */
  readonly hint?: string
}

/** With what a failed start is read. */
export interface ReadingContext {
  /** What the user calls the package; a plan knows it. */
  readonly planned: Planned | undefined
  readonly name: string
  readonly access: 'on' | 'off'
}

/** The attempt that says most: the documented way, unless only another one came so far as to need an account. */
export function tellingAttempt(
  made: readonly Attempt[],
  {access}: Pick<ReadingContext, 'access'>,
): Attempt | undefined {
  const causes = made.map(({inspection: {failure}}) => (failure === undefined ? undefined : causeOf(failure, {access})))
  const [first] = causes
  if (first?.kind === 'crash' || first?.kind === 'need') return made[0]
  const needing = causes.findIndex(cause => cause?.kind === 'need')
  return made[needing < 0 ? 0 : needing]
}

/** Reads why a server did not come up, or could not list its tools. */
export function readFailure(attempt: Attempt, context: ReadingContext): Reading {
  const {failure, checks} = attempt.inspection
  if (failure === undefined) {
    const listing = checks.filter(({status}) => status === 'failed')
    const [only] = listing
    if (listing.length !== 1 || only?.name !== 'tools-valid') return {status: 'failed'}
    return readCause(needOf(only.detail ?? '', context) ?? {kind: 'unknown'}, attempt, context)
  }
  return readCause(causeOf(failure, context), attempt, context)
}

function readCause(cause: Cause, attempt: Attempt, context: ReadingContext): Reading {
  const {failure} = attempt.inspection
  const text = failure === undefined ? '' : wordsOf(failure)
  if (cause.kind === 'need') return needReading(cause, attempt, context)
  if (cause.kind === 'crash') {
    const hint = crashRemedy(text)
    return {status: 'failed', ...(hint === undefined ? {} : {hint})}
  }
  if (failure === undefined) return {status: 'failed'}
  const asked = missingFor({args: [], env: {}}, text, context.name)
  // It goes on asking for what it got a made-up value for.
  const refused = [...asked.variables, ...asked.options].filter(each => attempt.madeUp.includes(each))
  if (refused.length > 0 && cause.kind !== 'usage')
    return needReading({what: `a real value of ${refused.join(', ')}`}, attempt, context)
  const given = attempt.option.args
  const {args: named, env} = dummies({...asked, options: asked.options.filter(each => !given.includes(each))})
  const args =
    named.length > 0 || asked.options.length > 0
      ? [...given, ...named]
      : cause.kind === 'usage'
        ? argumentsFromHelp(text)
        : []
  if (cause.kind === 'usage') return {status: 'failed', hint: usageHint({args, env}, context)}
  if (args.length === 0 && asked.variables.length === 0) return {status: 'failed'}
  return {
    status: 'failed',
    hint: `It asks for ${args.length === 0 ? 'variables' : 'values'}. ${addition({args, env}, context)}`,
  }
}

/** The lines that give a server what it asks for. */
export function askedFor(asked: MissingValues, context: ReadingContext): string {
  return addition(dummies(asked), context)
}

function usageHint(what: Pick<Addition, 'args' | 'env'>, context: ReadingContext): string {
  const said = 'It printed its help and ended: it wants arguments.'
  if ((what.args ?? []).length > 0 || Object.keys(what.env ?? {}).length > 0)
    return `${said} ${addition(what, context)}`
  const example = `${said} Its help does not say which; give those that a client gives it. ${addition({args: ['stdio']}, context)}`
  return context.planned === undefined
    ? example
    : `${example}\nor, when it is not a server: ${addition({role: 'program'}, context)}`
}

function needReading(
  {what, network}: {readonly what: string; readonly network?: true},
  {madeUp}: Attempt,
  context: ReadingContext,
): Reading {
  const asked = Object.fromEntries(madeUp.filter(each => /^\w+$/.test(each)).map(each => [each, 'a value for tests']))
  const give = network === true ? {network: 'on' as const} : Object.keys(asked).length > 0 ? {env: asked} : undefined
  const allow = addition({unverified: 'allow'}, context)
  const hint =
    give === undefined
      ? `Nothing but the real thing will do. ${allow}`
      : `${addition(give, context)}\nor, when that is not to be had here: ${allow}`
  return {status: 'unverified', reason: `needs ${printable(what, 300)}`, hint}
}

/** The lines to add: to the file of settings where there is a plan, else the inputs of this action. */
export function addition(what: Addition, {planned}: Pick<ReadingContext, 'planned'>): string {
  if (planned !== undefined) return `Add to ${settingsFile}:\n${settingsLines(planned.package.name, what)}`
  const {args = [], env = {}, network, unverified} = what
  const inputs = [
    ...(args.length === 0 ? [] : ['server-args: |', ...args.map(each => `  ${each}`)]),
    ...(Object.keys(env).length === 0 ? [] : ['server-env: |']),
    ...Object.entries(env).map(([name, value]) => `  ${name}=${value}`),
    ...(network === undefined ? [] : [`network: ${network}`]),
    ...(unverified === undefined ? [] : [`unverified: ${unverified}`]),
  ]
  return `Give these inputs:\n${inputs.join('\n')}`
}

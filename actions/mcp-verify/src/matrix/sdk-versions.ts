import {join} from 'node:path'
import {type Host, errorText} from '@mcp-release/action-kit'
import {makeEnvironment} from '../virtual-environment'
import {decisiveLine} from './decisive-line'
import type {Interpreter} from './interpreter'
import {hostWith} from './interpreter-host'

/** The versions of a package that its registry has for an interpreter, in the registry's order, or why they are not known. */
export type KnownVersions = readonly string[] | {readonly problem: string}

/** Asks the registry through its own client, with the user's settings and mirrors; each question once. */
export class SdkVersions {
  readonly #host: Host
  /** Absolute; virtual environments for asking are made here. */
  readonly #folder: string
  readonly #answers = new Map<string, Promise<KnownVersions>>()

  constructor(host: Host, folder: string) {
    this.#host = host
    this.#folder = folder
  }

  of(name: string, interpreter: Interpreter): Promise<KnownVersions> {
    const key = interpreter.runtime === 'python' ? `${name} ${interpreter.path}` : name
    const ask = () => this.#ask(name, interpreter, this.#answers.size).catch(unanswered)
    const known = this.#answers.get(key) ?? ask()
    this.#answers.set(key, known)
    return known
  }

  async #ask(name: string, interpreter: Interpreter, number: number): Promise<KnownVersions> {
    const host = hostWith(interpreter, this.#host)
    const options = {quiet: true, check: false, cwd: this.#folder}
    if (interpreter.runtime === 'node') {
      const {stdout, stderr, exitCode} = await host.exec(['npm', 'view', name, 'versions', '--json'], options)
      return exitCode === 0 ? npmVersions(stdout) : {problem: `npm view: ${decisiveLine(stderr || stdout)}`}
    }
    const environment = await makeEnvironment(host, join(this.#folder, `ask-${number}`))
    if ('kind' in environment) return {problem: 'reason' in environment ? environment.reason : 'venv failed'}
    const argv = [...environment.pip.argv, 'index', 'versions', '--pre', name]
    const {stdout, stderr, exitCode} = await host.exec(argv, {...options, env: environment.pip.env})
    return exitCode === 0 ? pipVersions(stdout) : {problem: `pip index: ${decisiveLine(stderr || stdout)}`}
  }
}

function unanswered(error: unknown): KnownVersions {
  return {problem: decisiveLine(errorText(error))}
}

/** Reads the answer of `pip index versions`. */
export function pipVersions(text: string): readonly string[] {
  const [, list = ''] = /^Available versions: (.*)$/m.exec(text) ?? []
  return list
    .split(',')
    .map(version => version.trim())
    .filter(version => version !== '')
}

/** Reads the answer of `npm view NAME versions --json`: a list, or a text when there is one only. */
export function npmVersions(text: string): readonly string[] {
  const answer: unknown = JSON.parse(text)
  return [answer].flat().filter(version => typeof version === 'string')
}

import {mkdtempSync, realpathSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {ActionError} from '../errors'
import {toolError} from '../execute'
import {realFiles} from '../files'
import type {ExecOptions, ExecResult, Files, Host, HostPlatform} from '../host'

/** How a fake program answers; `undefined` means: no such program. */
export type FakeProgram = (
  argv: readonly string[],
  options: ExecOptions,
) => Partial<ExecResult> | Promise<Partial<ExecResult> | undefined> | undefined

/** A host with real files in a new temporary workspace and made-up programs; it records what an action did. */
export class FakeHost implements Host {
  readonly workspace = realpathSync(mkdtempSync(join(tmpdir(), 'fake-host-')))
  readonly temp = join(this.workspace, '.runner-temp')
  readonly files: Files = realFiles(this.workspace, this.temp)
  readonly commands: {readonly argv: readonly string[]; readonly options: ExecOptions}[] = []
  readonly lines: string[] = []
  readonly secrets: string[] = []
  readonly summaries: string[] = []
  readonly platform: HostPlatform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly #program: FakeProgram

  constructor(
    program: FakeProgram = () => undefined,
    options: {readonly env?: Readonly<Record<string, string>>; readonly platform?: HostPlatform} = {},
  ) {
    this.#program = program
    this.env = options.env ?? {}
    this.platform = options.platform ?? {os: 'linux', arch: 'amd64'}
  }

  async exec(argv: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
    this.commands.push({argv, options})
    const answer = await this.#program(argv, options)
    if (answer === undefined) throw new ActionError('TOOL_MISSING', `${argv[0] ?? ''}: no such program on PATH`)
    const result = {exitCode: 0, stdout: '', stderr: '', ...answer}
    if (result.exitCode !== 0 && options.check !== false) throw toolError(argv, result)
    return result
  }

  async which(program: string): Promise<string | undefined> {
    return (await this.#program([program, '--version'], {quiet: true})) === undefined
      ? undefined
      : `/usr/bin/${program}`
  }

  info(message: string): void {
    this.lines.push(message)
  }

  warning(message: string): void {
    this.lines.push(`warning: ${message}`)
  }

  notice(message: string): void {
    this.lines.push(`notice: ${message}`)
  }

  async group<T>(title: string, body: () => Promise<T>): Promise<T> {
    this.lines.push(title)
    return body()
  }

  maskSecret(value: string): void {
    this.secrets.push(value)
  }

  summary(markdown: string): Promise<void> {
    this.summaries.push(markdown)
    return Promise.resolve()
  }
}

import type {Answer, Channel} from './channel'
import {KeptText} from './kept-text'
import {LineBuffer} from './line-buffer'
import {type JsonObject, type Message, readLine} from './message'
import {printable} from './printable'
import {type Exit, type ServerProcess, maximumOutput} from './server-process'

/** The first thing on stdout that is no JSON-RPC. */
export interface Offence {
  /** Counted from 1; 0 for the stream as a whole. */
  readonly line: number
  /** Safe in a log. */
  readonly text: string
}

const maximumLine = 16 * 1024 * 1024
const strayKept = 8192

/** JSON-RPC over a server's stdin and stdout: newline-delimited, with a strict eye on what else comes out. */
export class Connection implements Channel {
  readonly transport = 'stdio'
  readonly process: ServerProcess
  #offence: Offence | undefined
  #blankLines = 0
  readonly #lines = new LineBuffer(maximumLine)
  readonly #stray = new KeptText(strayKept)
  readonly #waiting = new Map<number, (answer: Answer) => void>()
  #total = 0
  #lineNumber = 0
  #nextId = 1
  #answered = false
  #end: Exit | undefined

  constructor(process: ServerProcess) {
    this.process = process
    process.onStdout(chunk => this.#read(chunk))
    void process.ended.then(exit => {
      this.#end = exit
      for (const answer of this.#waiting.values()) answer({kind: 'closed', exit})
    })
  }

  /** What stdout held that is no JSON-RPC, if anything. */
  get offence(): Offence | undefined {
    return this.#offence
  }

  /** Whether any request was answered. */
  get answered(): boolean {
    return this.#answered
  }

  /** Empty lines on stdout. */
  get blankLines(): number {
    return this.#blankLines
  }

  request(method: string, params: JsonObject, milliseconds: number): Promise<Answer> {
    const id = this.#nextId++
    if (this.#end !== undefined) return Promise.resolve({kind: 'closed', exit: this.#end})
    return new Promise(resolve => {
      const settle = (answer: Answer) => {
        clearTimeout(timer)
        this.#waiting.delete(id)
        resolve(answer)
      }
      const timer = setTimeout(() => settle({kind: 'timeout', milliseconds}), milliseconds)
      this.#waiting.set(id, settle)
      this.#send({id, method, params})
    })
  }

  notify(method: string): Promise<undefined> {
    this.#send({method})
    return Promise.resolve(undefined)
  }

  get stderr(): string {
    return this.process.stderr
  }

  /** The beginning and the end of what stdout held that is no JSON-RPC. */
  get stray(): string {
    return this.#stray.text
  }

  get milliseconds(): number {
    return this.process.milliseconds
  }

  /** To be called after the end: an unfinished last line counts as a line. */
  finish(): void {
    const rest = this.#lines.rest()
    if (rest.length > 0) this.#readLine(rest)
  }

  #send(message: JsonObject): void {
    this.process.write(`${JSON.stringify({jsonrpc: '2.0', ...message})}\n`)
  }

  #read(chunk: Buffer): void {
    this.#total += chunk.length
    for (const line of this.#lines.push(chunk)) this.#readLine(line)
    const flood = this.#lines.overflowed ? `a line longer than ${maximumLine / 1024 / 1024} MiB` : this.#floodText()
    if (flood === undefined) return
    this.#offence ??= {line: 0, text: flood}
    this.process.kill()
  }

  #floodText(): string | undefined {
    return this.#total > maximumOutput ? `more than ${maximumOutput / 1024 / 1024} MiB` : undefined
  }

  #readLine(line: Buffer): void {
    this.#lineNumber++
    const read = readLine(line)
    if (read !== undefined) {
      const text = read.flaw === undefined ? undefined : `it ${read.flaw}, so that clients drop it: ${shown(line)}`
      if (text !== undefined) this.#offence ??= {line: this.#lineNumber, text}
      for (const message of read.messages) this.#receive(message)
    } else if (line.toString('latin1').trim() === '') this.#blankLines++
    else {
      this.#offence ??= {line: this.#lineNumber, text: shown(line)}
      this.#stray.push(Buffer.concat([line.subarray(0, 4096), Buffer.from('\n')]))
    }
  }

  #receive(message: Message): void {
    if (message.kind === 'result' || message.kind === 'error') {
      const answer = this.#waiting.get(Number(message.id))
      this.#answered ||= answer !== undefined
      answer?.(
        message.kind === 'result' ? {kind: 'result', result: message.result} : {kind: 'error', error: message.error},
      )
    } else if (message.kind === 'request') {
      // A server that asks its client must not hang: a client without capabilities knows ping alone.
      const reply = message.method === 'ping' ? {result: {}} : {error: {code: -32601, message: 'Method not found'}}
      this.#send({id: message.id, ...reply})
    }
  }
}

function shown(line: Buffer): string {
  return printable(line.subarray(0, 4096).toString())
}

import {KeptText} from './kept-text'
import {type Exit, type ServerCommand, ServerProcess, maximumOutput} from './server-process'

/** What a program did that was run to its end. */
export interface ProgramRun {
  /** Absent when it was still running in the end, and was killed. */
  readonly exit?: Exit
  /** The beginning and the end of each stream. */
  readonly stdout: string
  readonly stderr: string
  readonly milliseconds: number
}

/** Runs a program, with nothing on stdin, until it ends or the time is over; nothing of it is left afterwards. */
export async function runProgram(
  command: ServerCommand,
  {timeoutMilliseconds}: {readonly timeoutMilliseconds: number},
): Promise<ProgramRun> {
  const program = new ServerProcess(command)
  const stdout = new KeptText(8192)
  program.onStdout(chunk => {
    stdout.push(chunk)
    if (stdout.bytes > maximumOutput) program.kill()
  })
  try {
    const {exit, by} = await program.stop({by: 'stdin', graceMilliseconds: timeoutMilliseconds})
    const {stderr, milliseconds} = program
    return {...(by === 'stdin' ? {exit} : {}), stdout: stdout.text, stderr, milliseconds}
  } finally {
    program.kill()
  }
}

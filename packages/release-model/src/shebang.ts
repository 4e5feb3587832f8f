/** The first line of a script, as those read it that start it. */
export interface Shebang {
  /** The line without its end. */
  readonly line: string
  /** A byte order mark stands before it, so that the kernel does not see it. */
  readonly mark: boolean
  /** The line ends with CR LF; to the kernel, the CR is a part of it. */
  readonly crlf: boolean
  /** What the kernel starts. */
  readonly interpreter: string
  /** All that stands behind the interpreter: one argument on Linux. */
  readonly argument: string
  /** The program that runs the script in the end, with the arguments before the script: behind `env` and its `-S`. */
  readonly program: string
  readonly args: readonly string[]
}

const byteOrderMark = '\uFEFF'
// The kernel reads no further (BINPRM_BUF_SIZE of linux/binfmts.h).
const length = 256

/**
 * Reads the first line of a script as `execve` does (https://man7.org/linux/man-pages/man2/execve.2.html#NOTES): blanks
 * around the interpreter do not count, and the rest of the line is one argument. `undefined` when there is none.
 */
export function readShebang(content: Uint8Array): Shebang | undefined {
  const start = Buffer.from(content.subarray(0, length + byteOrderMark.length * 3)).toString('utf8')
  const mark = start.startsWith(byteOrderMark)
  const [first = ''] = (mark ? start.slice(1) : start).split('\n')
  if (!first.startsWith('#!')) return undefined
  const crlf = first.endsWith('\r')
  const line = crlf ? first.slice(0, -1) : first
  const [, interpreter = '', argument = ''] = /^#![ \t]*([^ \t]*)[ \t]*(.*?)[ \t]*$/.exec(line) ?? []
  return {line, mark, crlf, interpreter, argument, ...started(interpreter, argument)}
}

// Programs other than env get the argument as it is.
function started(interpreter: string, argument: string): Pick<Shebang, 'program' | 'args'> {
  if (!/(?:^|\/)env$/.test(interpreter)) return {program: interpreter, args: argument === '' ? [] : [argument]}
  const split = splitString.exec(argument)?.[1]
  if (split === undefined) return {program: argument, args: []}
  const words = split.split(/[ \t]+/).filter(word => word !== '')
  const isOption = (word: string, before = '') => word.startsWith('-') || /^-[uC]$/.test(before)
  const at = words.findIndex((word, index) => !/^[A-Za-z_]\w*=/.test(word) && !isOption(word, words[index - 1]))
  return at === -1 ? {program: '', args: []} : {program: words[at] ?? '', args: words.slice(at + 1)}
}

// https://www.gnu.org/software/coreutils/manual/html_node/env-invocation.html#g_t_002dS_002f_002d_002dsplit_002dstring-usage-in-scripts
const splitString = /^(?:-[iv0]*S[ \t]*|--split-string(?:=|[ \t]+))(.*)$/

/** What keeps Linux from starting a script, and what to write in its place; `undefined` when nothing does. */
export function shebangProblem({mark, interpreter, argument, program}: Shebang): ShebangProblem | undefined {
  if (mark) {
    return {
      text: 'begins with a byte order mark, so that the kernel does not see its shebang',
      hint: 'Save the file, and its source, as UTF-8 without a byte order mark.',
    }
  }
  if (interpreter === '' || program === '') return {text: 'has a shebang that names no program', hint: useEnv}
  if (!interpreter.startsWith('/')) {
    return {
      text: `has a shebang that names ${JSON.stringify(interpreter)}, which is not an absolute path`,
      hint: useEnv,
    }
  }
  if (!interpreter.endsWith('/env') || splitString.test(argument) || !/[ \t]|^-/.test(argument)) return undefined
  const words = argument.replace(/^-\S*[ \t]*/, '')
  return {
    text: `has a shebang with arguments behind the program: Linux gives env ${JSON.stringify(argument)} as one word, which no program is called`,
    hint: `Write #!/usr/bin/env -S ${words === '' ? 'node' : words}, or leave the arguments out.`,
  }
}

/** Why a shebang does not start its script, and the remedy. */
export interface ShebangProblem {
  readonly text: string
  readonly hint: string
}

const useEnv = 'Make this its first line, in the source as well: #!/usr/bin/env node'

/**
 * The path of one machine by which a shebang names its program, which others have elsewhere. `/usr/bin/env` is the same
 * everywhere, and the only one that the shims for Windows know (https://github.com/npm/cmd-shim).
 */
export function machinePath({interpreter, program}: Shebang): string | undefined {
  if (interpreter.endsWith('/env') && interpreter !== '/usr/bin/env') return interpreter
  return program.startsWith('/') ? program : undefined
}

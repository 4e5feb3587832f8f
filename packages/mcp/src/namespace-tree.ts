import {readFile, readdir} from 'node:fs/promises'

/** A process of a namespace of its own, by the numbers that are seen from outside. */
export interface Member {
  readonly pid: number
  readonly parent: number
  readonly state: string
  /** Clock ticks since the machine started. */
  readonly begun: number
}

/**
 * What a process started that opened a process namespace: the processes inside without the first one, which only waits for
 * them. They cannot get away: what loses its parent is given to the first process of the namespace, whatever its session,
 * its group or its variables are (pid_namespaces(7)).
 */
export async function insideNamespace(opener: number): Promise<{readonly init?: number; readonly all: Member[]}> {
  const processes = await allProcesses()
  const init = await findInit(opener, processes)
  return init === undefined ? {all: []} : {init, all: below(init, processes)}
}

/** Everything below a process that runs now. */
export async function descendants(pid: number): Promise<readonly Member[]> {
  return below(pid, await allProcesses())
}

/** The server itself: the first child that the first process has kept; what was orphaned later has begun later. */
export async function mainOfNamespace(opener: number): Promise<number | undefined> {
  const {init, all} = await insideNamespace(opener)
  const children = all.filter(({parent}) => parent === init)
  return children.sort((one, other) => one.begun - other.begun || one.pid - other.pid)[0]?.pid
}

async function findInit(opener: number, processes: readonly Member[]): Promise<number | undefined> {
  const outer = (await namespaceNumbers(opener)).length
  for (const {pid} of below(opener, processes)) {
    const numbers = await namespaceNumbers(pid)
    if (numbers.length > outer && numbers.at(-1) === '1') return pid
  }
  return undefined
}

// `NSpid:` has the number of a process in each namespace, the innermost last (proc_pid_status(5)).
async function namespaceNumbers(pid: number): Promise<readonly string[]> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return (/^NSpid:\s*(.*)$/m.exec(status)?.[1] ?? '').split(/\s+/)
}

function below(pid: number, processes: readonly Member[]): Member[] {
  const found: Member[] = []
  const queue = [pid]
  for (let parent = queue.shift(); parent !== undefined; parent = queue.shift()) {
    for (const each of processes.filter(process => process.parent === parent)) {
      found.push(each)
      queue.push(each.pid)
    }
  }
  return found
}

async function allProcesses(): Promise<readonly Member[]> {
  const pids = (await readdir('/proc').catch((): string[] => [])).filter(name => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async pid => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
      // pid (name) state ppid …; the name may hold spaces and parentheses. The time of the start is the 22nd (proc_pid_stat(5)).
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const [state = '', parent = ''] = fields
      return stat === '' ? [] : [{pid: Number(pid), parent: Number(parent), state, begun: Number(fields[19])}]
    }),
  )
  return found.flat()
}

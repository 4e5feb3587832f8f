import type {PlannedPackage} from './plan'

/** How a package is started, for people: the command, what it is given, and how it is spoken to. */
export function startWords({start, executables, module, entry, name}: PlannedPackage): string | undefined {
  if (start === undefined) return undefined
  const file = entry === undefined ? undefined : `node ${entry}`
  const program = executables[0] ?? (module === undefined ? (file ?? name) : `python -m ${module}`)
  const command = [program, ...start.args.map(({value}) => quoted(value))].join(' ')
  const variables = Object.entries(start.env).map(([variable, {value}]) => `${variable}=${quoted(value)}`)
  const over = start.transport === 'http' ? `, over HTTP${start.path === undefined ? '' : ` at ${start.path}`}` : ''
  return `${[...variables, command].join(' ')}${over}`
}

function quoted(value: string): string {
  return /^[^\s"'\\]+$/.test(value) ? value : JSON.stringify(value)
}

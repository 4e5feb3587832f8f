import {textList} from './json'

/** How npm calls a machine. */
export interface NodeMachine {
  readonly os: string
  readonly cpu: string
}

const systems = {linux: 'linux', darwin: 'darwin', windows: 'win32'} as const

/** A machine in npm's words (https://docs.npmjs.com/cli/configuring-npm/package-json#os). */
export function nodeMachine({os, arch}: {readonly os: keyof typeof systems; readonly arch: string}): NodeMachine {
  return {os: systems[os], cpu: arch === 'amd64' ? 'x64' : arch}
}

/** Whether a package says that it is made for certain machines. */
export function isForCertainMachines(fields: Readonly<Record<string, unknown>>): boolean {
  return ['os', 'cpu', 'libc'].some(name => listed(fields[name]).some(value => value !== 'any'))
}

/** Whether a package says that it is not made for a machine. */
export function isForeign(fields: Readonly<Record<string, unknown>>, {os, cpu}: NodeMachine): boolean {
  return refuses(listed(fields['os']), os) || refuses(listed(fields['cpu']), cpu) || listed(fields['libc']).length > 0
}

function refuses(list: readonly string[], value: string): boolean {
  const [denied, allowed] = [true, false].map(negative => list.filter(each => each.startsWith('!') === negative))
  if (denied?.includes(`!${value}`) === true) return true
  return allowed !== undefined && allowed.length > 0 && !allowed.includes(value) && !allowed.includes('any')
}

function listed(value: unknown): readonly string[] {
  return typeof value === 'string' ? [value] : textList(value)
}

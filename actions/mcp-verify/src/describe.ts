import type {Inspection} from '@mcp-release/mcp'
import type {VerifiedServer} from '@mcp-release/release-model'
import type {Attempt} from './attempts'

/** What is added to what an inspection found. */
export interface Circumstances {
  /** Whether memory is that of the server, and not of a client of a container engine. */
  readonly measured?: boolean
  /** Absent for a server that was running already. */
  readonly network?: VerifiedServer['network']
  readonly startedAs?: VerifiedServer['startedAs']
  /** What comes before the checks of the inspection. */
  readonly checks?: VerifiedServer['checks']
}

/** A server as the report has it. */
export function describe(file: string, inspection: Inspection, around: Circumstances): VerifiedServer {
  const {server, protocol, era, tools, transport, startMilliseconds, totalMilliseconds, peakMemoryKilobytes} =
    inspection
  const {measured = false, network, startedAs} = around
  const checks: VerifiedServer['checks'] = [
    network === undefined
      ? {name: 'installs', status: 'skipped', detail: 'it is already running'}
      : {name: 'installs', status: 'ok'},
    ...(around.checks ?? []),
    ...inspection.checks,
  ]
  const failed = checks.filter(check => check.status === 'failed')
  return {
    file,
    status: failed.length > 0 ? 'failed' : 'verified',
    ...(failed.length > 0 ? {reason: failed.map(check => `${check.name}: ${check.detail ?? ''}`).join('; ')} : {}),
    ...(startedAs === undefined ? {} : {startedAs}),
    ...(server === undefined ? {} : {server}),
    ...(protocol === undefined ? {} : {protocol}),
    ...(era === undefined ? {} : {era}),
    transport,
    ...(network === undefined ? {} : {network}),
    tools: tools.map(({name, title, description}) => ({
      name,
      ...(title === undefined ? {} : {title}),
      ...(description === undefined ? {} : {description}),
    })),
    checks,
    ...(startMilliseconds === undefined ? {} : {startMilliseconds}),
    ...(totalMilliseconds === undefined ? {} : {totalMilliseconds}),
    ...(peakMemoryKilobytes === undefined || !measured ? {} : {peakMemoryKilobytes}),
  }
}

/** How an attempt was started, for the report. */
export function startedAs({option: {args, env, source}, madeUp}: Attempt): NonNullable<VerifiedServer['startedAs']> {
  return {
    args: [...args],
    env: Object.keys(env).sort(),
    source,
    ...(madeUp.length === 0 ? {} : {madeUp: [...madeUp]}),
  }
}

/** A warning when the documented way to start a server does not work and another one does. */
export function documentedStart(made: readonly Attempt[]): VerifiedServer['checks'] {
  const [first] = made
  const last = made.at(-1)
  if (first === undefined || last === undefined || first === last) return []
  const [why = ''] = (first.inspection.checks.find(({name}) => name === 'handshake')?.detail ?? '').split('\n')
  const words = (attempt: Attempt) => {
    const {args, env, source} = attempt.option
    const given = [...Object.keys(env).map(name => `${name}=…`), ...args].join(' ')
    return given === '' ? source : `${source} (${given})`
  }
  const other = words(last).replace(/^(?!without )/, 'as in ')
  const detail = `what users are told does not start it: ${words(first)}: ${why.replace(/; its last words:$/, '')}; it starts ${other}`
  return [{name: 'documented-start', status: 'warning', detail}]
}

import {checkProgram} from './program-check'
import {commandMaker} from './start'
import type {Outcome} from './verify'
import type {Started} from './verify-server'

/** Runs a program that is no server: it must load, and answer for its version or its help. */
export async function verifyProgram({candidate: {file}, place, task, launch}: Started): Promise<Outcome> {
  const {network} = place.settings
  const make = (args: readonly string[]) =>
    commandMaker(launch, place, {
      words: {args, env: {}, http: false, network},
      network,
      isolation: task.isolation,
    })()
  const {checks, ...found} = await checkProgram(make, place.settings)
  return {server: {file, ...found, checks: [{name: 'installs', status: 'ok'}, ...checks]}, unverifiable: false}
}

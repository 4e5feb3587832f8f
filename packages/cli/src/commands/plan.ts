import {mkdir, readFile, rm} from 'node:fs/promises'
import {basename, dirname, join, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'
import {ActionError} from '@mcp-release/action-kit'
import {type Given, handoversFolder, inputsOf, pipeline, scopeOf, stepRuns} from '@mcp-release/pipeline'
import {type Plan, parseJson, planSchema, toolchains} from '@mcp-release/release-model'
import {renderPlan} from '@mcp-release/report'
import type {PlanOptions} from '../arguments'
import {endRunning, holdBundle} from '../snapshot/bundle'
import {copySource} from '../snapshot/copy-source'
import {makeTemporary} from '../snapshot/own-folders'
import {releaseVariables} from '../snapshot/sequence'
import {type Source, readSource} from '../snapshot/source'
import {rejectMissing, useColor} from '../terminal'

// dist/mcp-release/index.js lies beside the bundles of the actions.
const dist = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** Prints what a release of a folder would be, with nothing built; returns the exit code. */
export async function plan(options: PlanOptions, cwd: string): Promise<number> {
  const [directory = cwd] = options.directories
  await rejectMissing([directory])
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, endRunning)
  const scratch = await makeTemporary()
  try {
    const {text, source, warnings} = await decide(directory, options, scratch)
    const decided = parseJson(planSchema, {file: 'release-plan.json', text})
    process.stdout.write(options.json ? text : shown(decided, source, warnings))
    return 0
  } finally {
    await rm(scratch, {recursive: true, force: true, maxRetries: 3})
  }
}

async function decide(directory: string, options: PlanOptions, scratch: string) {
  const place = {dist, workspace: join(scratch, basename(directory)), temp: join(scratch, 'temp')}
  await mkdir(place.workspace, {recursive: true})
  const source = await readSource(directory, [])
  // A plan asks git for nothing but the commit.
  const how = {calls: [], submodules: options.submodules, history: false}
  const warnings = [...source.warnings, ...(await copySource(source, place.workspace, how))]
  const known = {jobs: pipeline, outputs: new Map()}
  const given: Given = {
    inputs: {...options.inputs, 'working-directory': source.directory},
    secrets: {},
    // Runners have all toolchains.
    local: {toolchains: toolchains.join('\n')},
    temp: place.temp,
  }
  for (const run of stepRuns(pipeline.slice(0, 1), given, known)) {
    const inputs = inputsOf(run, scopeOf(given, run, known))
    const env = releaseVariables(source)
    const end = await holdBundle(run.step.action, place).run({inputs, env, log: join(scratch, 'plan.log')})
    if (!end.ok) throw end.error ?? new ActionError('TOOL', end.errors.join('\n'))
  }
  const file = join(place.temp, handoversFolder, 'release-plan/release-plan.json')
  return {text: await readFile(file, 'utf8'), source, warnings}
}

function shown(decided: Plan, source: Source, warnings: readonly string[]): string {
  const page = {color: useColor(process.stdout.isTTY), width: process.stdout.columns || 100}
  return renderPlan({plan: decided, dirty: source.dirty, warnings}, page)
}

import {join, relative} from 'node:path'
import {ActionError, type ExecResult, type Host, errorText, toolError} from '@mcp-release/action-kit'
import {
  type InstallOptions,
  type Toolbox,
  installArguments,
  lockTrouble,
  mendingCommand,
  missingInClassicLock,
} from '@mcp-release/package-managers'
import {nodeComplaint} from './node-version'
import type {BuildPlan} from './plan'
import type {Project} from './project'

/** What a build goes through, and what its failures are explained with. */
export interface Building {
  readonly plan: BuildPlan
  readonly project: Project
  readonly tools: Toolbox
}

/** Installs the dependencies; returns what the manager refused to run while it did so. */
export async function install(host: Host, building: Building, options: InstallOptions): Promise<readonly string[]> {
  const {plan, project, tools} = building
  const {lock} = project.choice
  if (options.locked && tools.flavour === 'yarn-classic') {
    const {rootFields, members} = project.managers.workspace
    const missing = missingInClassicLock(project.managers.lockTexts['yarn.lock'] ?? '', rootFields, members)
    if (missing.length > 0) throw misfit(host, building, missing)
  }
  const argv = [tools.program, ...installArguments(tools.flavour, options)]
  const result = await host.exec(argv, {cwd: plan.root, env: {...plan.env, ...tools.env}, check: false})
  const output = `${result.stdout}\n${result.stderr}`
  if (result.exitCode !== 0) {
    const trouble = lock === undefined ? undefined : lockTrouble(tools.flavour, output)
    if (trouble !== undefined) throw misfit(host, building, trouble.differences)
    throw explained(failure(argv, result), building, [])
  }
  return refusedScripts(output)
}

function misfit(host: Host, {project, plan, tools}: Building, differences: readonly string[]): ActionError {
  const name = project.choice.lock?.name ?? 'the lock file'
  const way = relative(host.workspace, plan.root).replaceAll('\\', '/')
  const file = way === '' ? name : join(way, name).replaceAll('\\', '/')
  const list = differences.map(each => `\n- ${each}`).join('')
  return new ActionError('LOCK_FILE', `${file} does not fit package.json${list === '' ? '' : `:${list}`}`, {
    hint: `Run \`${mendingCommand(tools.flavour)}\` in ${way === '' ? 'the root of the repository' : way}, and commit ${name}.`,
  })
}

/** The error of a command without the usage text that npm adds to it, and without the path of its link. */
export function failure(argv: readonly string[], result: ExecResult): ActionError {
  const usage = /^npm error Usage:$[\s\S]*?^npm error Run "npm help [\w-]+" for more info$\n?/m
  const noise = /^npm (?:error|ERR!) (?:A complete log of this run can be found in:.*|\s*\/.*-debug-\d+\.log)$\n?/gm
  const [program = '', ...args] = argv
  const name = program.replace(/^.*[\\/]/, '').replace(/\.cmd$/, '')
  return toolError([name, ...args], {...result, stderr: result.stderr.replace(usage, '').replace(noise, '')})
}

/** The dependencies whose install scripts a manager did not run, by its own words. */
export function refusedScripts(output: string): readonly string[] {
  const text = output.replace(/\u001B\[[0-9;]*m/g, '')
  const [, pnpm = ''] = /Ignored build scripts: (.*?)\.?\s*│?\s*$/m.exec(text) ?? []
  const npm = [...text.matchAll(/^npm warn (?:allow-scripts|install-scripts)\s+(\S+@\S+) \(.*(?:install|gyp)/gm)].map(
    ([, name = '']) => name,
  )
  const berry = [...text.matchAll(/YN0004: │ (\S+) lists build scripts, but/g)].map(([, name = '']) => name)
  return [...new Set([...pnpm.split(/,\s*/).map(each => each.trim()), ...npm, ...berry])].filter(each => each !== '')
}

/** An error with what it probably comes from. */
export function explained(error: unknown, {project, tools}: Building, refused: readonly string[]): ActionError {
  const code = error instanceof ActionError ? error.code : 'TOOL'
  const text = errorText(error)
  const causes = [
    nodeComplaint(project.wantedNode, tools.node),
    refused.length === 0
      ? undefined
      : `${tools.flavour} ${tools.version} did not run the install scripts of ${refused.join(', ')}, which may download or compile what is missing: allow them in package.json as its documentation says, or use versions that need none.`,
    missingProgram(text),
  ].filter(each => each !== undefined)
  return new ActionError(code, text, {cause: error, ...(causes.length === 0 ? {} : {hint: causes.join('\n')})})
}

function missingProgram(text: string): string | undefined {
  const [, name] =
    /(?:sh: (?:line )?\d*:? ?|command not found: |^)([\w.@/-]+): (?:command )?not found/m.exec(text) ?? []
  return name === undefined
    ? undefined
    : `A script calls ${name}, which is neither among the dependencies nor on PATH: add it to devDependencies, or install it in the job.`
}

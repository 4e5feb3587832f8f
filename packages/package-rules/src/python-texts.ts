import {normalizedPythonName} from '@mcp-release/release-model'
import {mcpNameProblem} from '@mcp-release/server-json/mcp-name'
import type {Ruling} from './ruling'

// The same words of a project before it is built and of a wheel afterwards.
const error = (text: string, hint?: string): Ruling => ({level: 'error', text, ...(hint === undefined ? {} : {hint})})
const warning = (text: string, hint?: string): Ruling => ({
  level: 'warning',
  text,
  ...(hint === undefined ? {} : {hint}),
})

export const withoutLicense = warning('names no license; set [project] license in pyproject.toml')
export const withoutDescription = warning('has no description; set [project] readme in pyproject.toml')

/** A README that does not prove to whom the package belongs. */
export function serverNameRuling(readme: string, serverName: string | undefined): readonly Ruling[] {
  const problem = serverName === undefined ? undefined : mcpNameProblem(readme, serverName)
  return problem === undefined ? [] : [error(`its description, which is the README, ${problem}`)]
}

/** Requirements of an MCP SDK that every new major version of it breaks. */
export function unboundedSdks(requirements: readonly string[]): readonly Ruling[] {
  return requirements
    .filter(
      each =>
        /^(?:fast)?mcp\s*(?:\[[^\]]*\])?\s*(?:[(;<>=!~]|$)/i.test(each) && !/<|==|~=/.test(each.split(';')[0] ?? ''),
    )
    .map(each =>
      warning(
        `requires ${JSON.stringify(each)} without an upper bound; a new major version of ${/^\w+/.exec(each)?.[0] ?? ''} will break it`,
      ),
    )
}

/** Requirements that the project takes from its workspace: https://docs.astral.sh/uv/concepts/projects/workspaces/ */
export function workspaceRequirements(
  requirements: readonly string[],
  ownSources: readonly string[],
): readonly Ruling[] {
  const members = new Set(ownSources.map(normalizedPythonName))
  return requirements
    .filter(each => members.has(normalizedPythonName(/^[\w.-]+/.exec(each)?.[0] ?? '')))
    .map(each =>
      warning(
        `requires ${JSON.stringify(each)}, which pyproject.toml takes from its workspace; users get it only when it is published, too`,
      ),
    )
}

/** A wheel that says that it runs on Python 2, where a plan expects what runs on Python 3 alone. */
export function python2Ruling(expected: string): Ruling {
  return error(
    `says that it runs on Python 2; the release plan expects ${expected}`,
    'Set requires-python in pyproject.toml, for example ">=3.10".',
  )
}

/** The same where the plan knows that its backend names it so: users can install it, but pip of Python 2 takes it, too. */
export function python2Warning(name: string): Ruling {
  return {
    ...python2Ruling(name),
    level: 'warning',
    text: `says that it runs on Python 2, so that its wheel is ${name}`,
  }
}

/** The module and the function behind a command; `undefined` for a text of another form. */
export function scriptTarget(target: string): {readonly module: string; readonly attribute: string} | undefined {
  const [, module, attribute] = /^([\w.]+)\s*:\s*([\w.]+)\s*(?:\[.*\])?$/.exec(target.trim()) ?? []
  return module === undefined || attribute === undefined ? undefined : {module, attribute}
}

/** pip refuses to install it: "A callable suffix is required". */
export function malformedScript(name: string, target: string): Ruling {
  return error(
    `the command ${name} is ${JSON.stringify(target)}, which is not module:function, so that pip refuses to install it`,
    `Write ${name} = "module:function" below [project.scripts] in pyproject.toml.`,
  )
}

/** What PyPI refuses in metadata, in the words for its field; `%` stands for the problem. */
export const refusals = {
  'requires-dist': {
    says: 'requires %, a dependency by its URL, which PyPI refuses',
    remedy:
      'Name a version in [project] dependencies in place of the URL, and publish the dependency first; for developers a URL may stand in [tool.uv.sources] or [dependency-groups].',
  },
  summary: {
    says: 'its description (Summary) %; PyPI takes one line of 512 characters',
    remedy: 'Shorten description in [project] of pyproject.toml; the README holds the rest.',
  },
} as const

/** A refusal of PyPI that a pyproject.toml shows already. */
export function refusal(field: keyof typeof refusals, problem: string): Ruling {
  const {says, remedy} = refusals[field]
  return error(
    says.replaceAll('%', () => problem),
    remedy,
  )
}

import {InputError} from '@mcp-release/action-kit'
import {type BuildRequest, sameVersion} from '@mcp-release/release-model'
import {leavesNothing} from './direct-wheel'
import type {Project} from './project'

/** What is run, as data. */
export interface BuildPlan {
  /** The folder of the package. */
  readonly directory: string
  /** Variables that make the build repeatable. */
  readonly env: Readonly<Record<string, string>>
  /** Seconds since 1970 of every entry. */
  readonly time: number
  /** A wheel is built from the checkout as well, to compare. */
  readonly direct: boolean
}

// Zip files begin in 1980, and some backends refuse an earlier time instead of raising it.
const earliest = Date.UTC(1980) / 1000

/** Decides how to build; throws one `InputError` when the version cannot come out right. */
export function planBuild({
  request,
  project,
  time,
}: {
  readonly request: BuildRequest
  readonly project: Project
  readonly time: number
}): BuildPlan {
  const {directory, version} = request
  if (version !== undefined && version.pep440 === undefined)
    throw new InputError([`version: ${version.text} has no spelling in PEP 440, which Python packages need`], {
      hint: 'Use a pre-release such as 1.2.3-alpha.1, 1.2.3-beta.1 or 1.2.3-rc.1.',
    })
  if (version !== undefined && project.version !== undefined && !sameVersion(version.text, project.version))
    throw new InputError([`version: is ${version.text}, but pyproject.toml says ${JSON.stringify(project.version)}`], {
      hint: `Set version = "${version.pep440 ?? ''}" in pyproject.toml, or use the tag that belongs to it.`,
    })
  if (version === undefined && project.shallow)
    throw new InputError([`${directory}: the version comes from git tags, but this is a shallow clone without them`], {
      hint: 'Check out with `fetch-depth: 0`, or give the version.',
    })
  return {
    directory,
    time,
    direct: leavesNothing(project.backend),
    env: {
      SOURCE_DATE_EPOCH: `${Math.max(time, earliest)}`,
      PYTHONHASHSEED: '0',
      ...(project.versionFromGit && version?.pep440 !== undefined ? givenVersion(version.pep440, project.name) : {}),
    },
  }
}

/**
 * Each backend has its own name for "do not ask git":
 * https://setuptools-scm.readthedocs.io/en/latest/overrides/ (hatch-vcs and flit_scm ask it, too),
 * https://backend.pdm-project.org/metadata/#dynamic-project-version, https://docs.openstack.org/pbr/latest/user/packagers.html.
 */
function givenVersion(version: string, name: string | undefined): Readonly<Record<string, string>> {
  const own = name?.replaceAll(/[-_.]+/g, '_').toUpperCase()
  return {
    ...(own === undefined ? {} : {[`SETUPTOOLS_SCM_PRETEND_VERSION_FOR_${own}`]: version}),
    PDM_BUILD_SCM_VERSION: version,
    PBR_VERSION: version,
    SETUPTOOLS_SCM_PRETEND_VERSION: version,
    UV_DYNAMIC_VERSIONING_BYPASS: version,
    POETRY_DYNAMIC_VERSIONING_BYPASS: version,
  }
}

import {
  type Plan,
  type PlannedJob,
  bundlesJob,
  nativePlatforms,
  releaseFiles,
  verificationsOf,
} from '@mcp-release/release-model'

/** A start of an action: the same action with the same inputs as in .github/workflows/release.yml. */
export interface Step {
  readonly action: string
  readonly title: string
  readonly inputs: Readonly<Record<string, string>>
  /** Inputs that are outputs of the step before it. */
  readonly from?: (before: Readonly<Record<string, string>>) => Readonly<Record<string, string>>
}

/** The folders of the hand-off between stages; the workflow has them in its workspace. */
export interface Folders {
  readonly plan: string
  /** What each job hands over, in a folder of its own. */
  readonly handovers: string
  /** The sealed files, and then all of the release. */
  readonly files: string
  readonly seal: string
  /** What was found where files were started, in a folder for each platform. */
  readonly verified: string
  readonly verification: string
  readonly notes: string
  readonly publicKey: string
}

/** What holds for all steps. */
export interface Given {
  /** The folder that is released, relative to the workspace, with `/`. */
  readonly directory: string
  readonly toolMirror?: string
}

/** The decision about everything: the first step. */
export function planStep(
  folders: Pick<Folders, 'plan'>,
  given: Given & {
    /** What the command line says, as inputs of release-plan. */
    readonly inputs: Readonly<Record<string, string>>
    readonly toolchains: readonly string[]
    /** `os/arch` of this machine, the only one on which something is started. */
    readonly machine: string
  },
): Step {
  return {
    action: 'release-plan',
    title: 'plan',
    inputs: {
      ...given.inputs,
      'working-directory': given.directory,
      'verify-on': nativePlatforms.find(each => each === given.machine) ?? '',
      toolchains: given.toolchains.length === 0 ? 'none' : given.toolchains.join('\n'),
      output: folders.plan,
    },
  }
}

const handover = (job: string, {handovers}: Folders) => `${handovers}/built-${job}`

/** One build job of the plan. */
export function buildStep(job: PlannedJob, plan: Plan, folders: Folders): Step {
  return {
    action: job.action,
    title: `${job.action.replace('-', ' ')} (${job.id})`,
    inputs: {
      ...job.inputs,
      'output-directory': `${handover(job.id, folders)}/files`,
      fragment: `${handover(job.id, folders)}/fragment.json`,
      'source-date': String(plan.sourceDate),
    },
  }
}

/** Starts what runs on this machine as soon as it is built, before the other platforms are compiled. */
export function startFirstStep(plan: Plan, folders: Folders): Step {
  const inputs = {plan: folders.plan, files: `${folders.handovers}/*/files/*`, version: plan.version.text}
  return {action: 'mcp-verify', title: 'start what runs here', inputs}
}

/** The bundles, made of what was built. */
export function bundleStep(plan: Plan, folders: Folders): Step {
  return {
    action: 'mcpb-bundle',
    title: 'make MCP bundles',
    inputs: {
      plan: folders.plan,
      files: `${folders.handovers}/*/files/*`,
      'output-directory': `${handover(bundlesJob, folders)}/files`,
      fragment: `${handover(bundlesJob, folders)}/fragment.json`,
      'source-date': String(plan.sourceDate),
    },
  }
}

/** What was built becomes what is released: nothing of the project's own runs beside it, and from now on it stays as it is. */
export function sealStep({plan, handovers, files, seal}: Folders): Step {
  const inputs = {plan, stage: 'sealed', handovers, directory: files, seal}
  return {action: 'release-assemble', title: 'seal the built files', inputs}
}

/** Starts every server of the sealed files. */
export function verifyStep(plan: Plan, folders: Folders): Step {
  const [first] = verificationsOf(plan)
  const own = `${folders.verified}/verified-${first?.id ?? ''}`
  const asked = plan.artifacts.some(({kind}) => kind === 'compatibility')
  return {
    action: 'mcp-verify',
    title: 'start every server over MCP',
    inputs: {
      plan: folders.plan,
      files: `${folders.files}/*`,
      version: plan.version.text,
      report: `${own}/verification.json`,
      tools: `${own}/${releaseFiles.tools}`,
      compatibility: asked ? `${own}/${releaseFiles.compatibility}` : '',
    },
  }
}

/** The components of each sealed file: of all that lie there, so that nothing else may be written beside it meanwhile. */
export function sbomStep(plan: Plan, folders: Folders, given: Given): Step {
  return {
    action: 'syft-sbom',
    title: 'list components (SPDX, CycloneDX)',
    inputs: {
      plan: folders.plan,
      files: `${folders.files}/*`,
      'output-directory': folders.files,
      version: plan.version.text,
      'source-date': String(plan.sourceDate),
      'tool-mirror': given.toolMirror ?? '',
    },
  }
}

/** server.json as it will be registered, when the release has one: stamped from the built files, and checked. */
export function stampSteps(plan: Plan, folders: Folders, {directory}: Given): readonly Step[] {
  if (!plan.artifacts.some(({kind}) => kind === 'server-json')) return []
  const inputs = {
    'server-json': directory === '.' ? releaseFiles.serverJson : `${directory}/${releaseFiles.serverJson}`,
    files: `${folders.files}/*`,
    plan: folders.plan,
    output: `${folders.files}/${releaseFiles.serverJson}`,
    'dry-run': 'true',
  }
  return [{action: 'mcp-publish', title: 'stamp server.json', inputs}]
}

/** The manifest, the checksums and the notes, once the reports of all platforms are there. */
export function completeStep({plan, files, seal, verified, verification, notes}: Folders): Step {
  const inputs = {plan, stage: 'complete', directory: files, seal, verified, verification, notes, sha256: ''}
  return {action: 'release-assemble', title: 'manifest and checksums', inputs}
}

/** The files are those that were written down, and none besides; with their signatures or without. */
export function unchangedStep({plan, files}: Folders, signed: boolean): Step {
  const common = {plan, stage: 'unchanged', directory: files, sha256: ''}
  return {
    action: 'release-assemble',
    title: signed ? 'compare what is released' : 'compare what is signed',
    inputs: signed ? {...common, signatures: 'true'} : common,
  }
}

/** A signature bundle for each file that the step before names, with a key pair made for this run. */
export function signStep(folders: Folders, given: Given): Step {
  return {
    action: 'cosign-sign',
    title: 'sign',
    inputs: {
      files: '',
      key: 'new',
      'key-password': '',
      'public-key': folders.publicKey,
      'tool-mirror': given.toolMirror ?? '',
    },
    from: ({subjects = ''}) => ({files: subjects}),
  }
}

/** The draft with all files that the step before names, then the release. */
export function releaseStep(
  plan: Plan,
  folders: Folders,
  given: {readonly token: string; readonly changelog?: string},
): Step {
  return {
    action: 'gh-release',
    title: 'release to the embedded forge',
    inputs: {
      files: '',
      expect: '',
      'tag-name': plan.version.tag,
      'body-path': folders.notes,
      changelog: given.changelog ?? '',
      'generate-notes': String(given.changelog === undefined),
      'target-commitish': plan.commit ?? '',
      draft: 'false',
      'on-existing-asset': 'replace-in-draft',
      token: given.token,
    },
    from: ({paths = '', files = ''}) => ({files: paths, expect: files}),
  }
}

import {type Plan, type PlannedJob, releaseFiles} from '@mcp-release/release-model'

/** A start of an action: the same action with the same inputs as in .github/workflows/release.yml. */
export interface Step {
  readonly action: string
  readonly title: string
  readonly inputs: Readonly<Record<string, string>>
  /** Only when this folder has a file with this ending, as an `if` of the workflow says it. */
  readonly when?: {readonly folder: string; readonly ending: string}
}

/** The folders of the hand-off between stages; the workflow has them in its workspace. */
export interface Folders {
  readonly plan: string
  readonly files: string
  readonly fragments: string
  readonly verification: string
  readonly tools: string
  readonly compatibility: string
  readonly compatibilityNotes: string
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
  },
): Step {
  return {
    action: 'release-plan',
    title: 'plan',
    inputs: {
      ...given.inputs,
      'working-directory': given.directory,
      toolchains: given.toolchains.length === 0 ? 'none' : given.toolchains.join('\n'),
      output: folders.plan,
    },
  }
}

/** One build job of the plan. */
export function buildStep(job: PlannedJob, plan: Plan, folders: Folders): Step {
  return {
    action: job.action,
    title: `${job.action.replace('-', ' ')} (${job.id})`,
    inputs: {
      ...job.inputs,
      'output-directory': folders.files,
      fragment: `${folders.fragments}/${job.id}.json`,
      'source-date': String(plan.sourceDate),
    },
  }
}

/** Starts what runs on this machine as soon as it is built, before the other platforms are compiled. */
export function startFirstStep(plan: Plan, folders: Folders): Step {
  const inputs = {plan: folders.plan, files: `${folders.files}/*`, version: plan.version.text}
  return {action: 'mcp-verify', title: 'start what runs here', inputs}
}

/** server.json as it will be registered, when the release has one: stamped from the built files, and checked. */
function stampSteps(plan: Plan, folders: Folders, {directory}: Given): readonly Step[] {
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

/** From built files to complete, verified, unsigned files: steps that may work side by side, one group after the other. */
export function assembleSteps(plan: Plan, folders: Folders, given: Given): readonly (readonly Step[])[] {
  const assemble = {plan: folders.plan, directory: folders.files, fragments: folders.fragments}
  const files = `${folders.files}/*`
  const bundles = `${folders.files}/*.mcpb`
  return [
    [{action: 'release-assemble', title: 'compare with the plan', inputs: {...assemble, stage: 'built'}}],
    [
      {
        action: 'mcpb-bundle',
        title: 'make MCP bundles',
        inputs: {
          plan: folders.plan,
          files,
          'output-directory': folders.files,
          fragment: `${folders.fragments}/bundles.json`,
          'source-date': String(plan.sourceDate),
        },
      },
      sbomStep('list components (SPDX, CycloneDX)', {files, exclude: bundles}, {plan, folders, given}),
    ],
    [
      {
        action: 'mcp-verify',
        title: 'start every server over MCP',
        inputs: {
          plan: folders.plan,
          files,
          version: plan.version.text,
          report: folders.verification,
          tools: folders.tools,
          ...compatibilityInputs(plan, folders),
        },
      },
      ...(plan.bundles.length === 0
        ? []
        : [
            {
              ...sbomStep('list components of MCP bundles', {files: bundles}, {plan, folders, given}),
              when: {folder: folders.files, ending: '.mcpb'},
            },
          ]),
      ...stampSteps(plan, folders, given),
    ],
  ]
}

function compatibilityInputs(plan: Plan, {compatibility, compatibilityNotes}: Folders): Record<string, string> {
  const asked = hasCompatibility(plan)
  return {compatibility: asked ? compatibility : '', 'compatibility-notes': asked ? compatibilityNotes : ''}
}

/** Whether the release holds compatibility.json. */
export function hasCompatibility(plan: Plan): boolean {
  return plan.artifacts.some(({kind}) => kind === 'compatibility')
}

function sbomStep(
  title: string,
  which: {readonly files: string; readonly exclude?: string},
  {plan, folders, given}: {readonly plan: Plan; readonly folders: Folders; readonly given: Given},
): Step {
  const inputs = {
    ...which,
    plan: folders.plan,
    'output-directory': folders.files,
    version: plan.version.text,
    'source-date': String(plan.sourceDate),
    'tool-mirror': given.toolMirror ?? '',
  }
  return {action: 'syft-sbom', title, inputs}
}

/** The manifest and the checksums, once what the servers offer lies beside the files. */
export function completeStep(folders: Folders): Step {
  const inputs = {plan: folders.plan, directory: folders.files, fragments: folders.fragments, stage: 'complete'}
  return {action: 'release-assemble', title: 'manifest and checksums', inputs}
}

/** The files that are not signed one by one: SHA256SUMS covers them. */
const unsigned = [
  '*.spdx.json',
  '*.cdx.json',
  '*.sigstore.json',
  'tools.json',
  'server.json',
  'compatibility.json',
  'release-manifest.json',
]

/** A signature bundle for each built file and for SHA256SUMS, with a key pair made for this run. */
export function signStep(folders: Folders, given: Given): Step {
  return {
    action: 'cosign-sign',
    title: 'sign',
    inputs: {
      files: `${folders.files}/*`,
      exclude: unsigned.map(pattern => `${folders.files}/${pattern}`).join('\n'),
      key: 'new',
      'key-password': '',
      'public-key': folders.publicKey,
      'tool-mirror': given.toolMirror ?? '',
    },
  }
}

/** The draft with all files, then the release. */
export function releaseStep(
  plan: Plan,
  folders: Folders,
  given: {readonly token: string; readonly changelog?: string},
): Step {
  return {
    action: 'gh-release',
    title: 'release to the embedded forge',
    inputs: {
      files: `${folders.files}/*`,
      expect: plan.artifacts.map(({name}) => name).join('\n'),
      'tag-name': plan.version.tag,
      'body-path': hasCompatibility(plan) ? folders.compatibilityNotes : '',
      changelog: given.changelog ?? '',
      'generate-notes': String(given.changelog === undefined),
      publish: 'true',
      token: given.token,
    },
  }
}

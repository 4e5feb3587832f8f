import {type PlanFinding, type Platform, type PlannedBundle, platformParts} from '@mcp-release/release-model'

// https://github.com/smithery-ai/cli/issues/805, https://github.com/mims-harvard/ToolUniverse/issues/186
/** What users of a bundle need whose dependencies are installed when it starts. */
export function clientsFinding({type, dependencies, manifest, files}: PlannedBundle): readonly PlanFinding[] {
  if (dependencies === undefined) return []
  const subject = files.map(({name}) => name).join(', ')
  if (type === 'uv')
    return [
      {
        level: 'warning',
        subject,
        text: `it is of type uv, as ${manifest ?? 'its manifest'} says, which Smithery and Claude Code refuse`,
        hint: 'Write "python" in place of "uv" as server.type, keep uv as the command in mcp_config, and every client takes it.',
      },
    ]
  if (manifest !== undefined) return []
  return [
    {
      level: 'notice',
      subject,
      text: 'it is of type python, and the command uv installs its dependencies when it starts: Smithery and Claude Code refuse the type uv, and compiled dependencies inside would be for one platform and one version of Python each. Users need uv',
      hint: 'A manifest of your own in mcpb/manifest.json decides otherwise: of type uv for clients that bring uv, or of type python with the command python for dependencies inside.',
    },
  ]
}

/** Whether desktop clients run on a platform; manifests can name no other (`compatibility.platforms`). */
export function hasClient(platform: Platform): boolean {
  return platformParts(platform)[0] !== 'freebsd'
}

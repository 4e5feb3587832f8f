import {
  type PlanFinding,
  type PlannedBundle,
  type PlannedPackage,
  type Platform,
  type Skip,
  platformParts,
} from '@mcp-release/release-model'

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

/** The bundles that are not made of what is built for platforms without desktop clients. */
export function skippedPlatforms(
  platforms: readonly Platform[],
  nameOf: (platform: Platform) => string,
): readonly Skip[] {
  const names = platforms.filter(platform => !hasClient(platform)).map(nameOf)
  if (names.length === 0) return []
  return [
    {
      subject: names.join(', '),
      reason: 'no desktop client runs on FreeBSD, and manifests of bundles cannot name it; its archives are released',
    },
  ]
}

/** Why a server for some platforms gets no bundle: one of an npm package would be offered everywhere. */
export function limitedTo(only: PlannedPackage['only']): Omit<Skip, 'subject'> {
  const platforms = [...(only?.os ?? []), ...(only?.cpu ?? [])].join(' ')
  return {
    reason: `npm installs the package on ${platforms} only, and a bundle of it would be for every platform`,
    hint: 'If it runs everywhere, leave "os" and "cpu" out of package.json. Otherwise make the bundle with the action mcpb-bundle, whose input targets says its platform.',
  }
}

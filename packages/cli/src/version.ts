import manifest from '../package.json' with {type: 'json'}

/** The version of mcp-release. */
export const version: string = manifest.version

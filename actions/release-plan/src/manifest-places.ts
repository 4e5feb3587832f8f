/** Where authors keep the manifest of an MCP bundle, in a package or at the root of the repository. */
export const manifestPlaces = ['mcpb/manifest.json', 'dxt/manifest.json', 'manifest.json'] as const

/** The newest version of the manifest that all clients read; 0.4 adds only the type uv, and is still an experiment. */
export const currentVersion = '0.3'

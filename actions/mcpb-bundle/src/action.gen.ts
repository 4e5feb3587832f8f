// Generated from action.yml and action-types.yml by `npm run generate`. Do not edit.
export const contract = {
  action: 'mcpb-bundle',
  inputs: {
    'working-directory': {type: 'string', default: '.'},
    files: {type: 'list'},
    type: {type: 'enum', values: ['auto', 'node', 'python', 'binary', 'uv'], default: 'auto'},
    executable: {type: 'string'},
    version: {type: 'string'},
    targets: {type: 'list'},
    launcher: {type: 'enum', values: ['none', 'node'], default: 'none'},
    'known-tools': {type: 'string'},
    plan: {type: 'string'},
    'output-directory': {type: 'string', default: 'built'},
    'source-date': {type: 'integer'},
    fragment: {type: 'string'},
    package: {type: 'string'},
  },
  outputs: ['bundles', 'sha256sums', 'artifacts', 'left-out'],
} as const

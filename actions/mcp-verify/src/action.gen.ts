// Generated from action.yml and action-types.yml by `npm run generate`. Do not edit.
export const contract = {
  action: 'mcp-verify',
  inputs: {
    files: {type: 'list', required: true},
    exclude: {type: 'list'},
    version: {type: 'string'},
    executable: {type: 'string'},
    'server-args': {type: 'list'},
    'server-env': {type: 'list'},
    'expect-tools': {type: 'list'},
    'version-mismatch': {type: 'enum', values: ['warning', 'error'], default: 'warning'},
    unverifiable: {type: 'enum', values: ['skip', 'error'], default: 'skip'},
    timeout: {type: 'integer', default: '60'},
    report: {type: 'string'},
    tools: {type: 'string'},
  },
  outputs: ['report', 'verified', 'skipped', 'servers'],
} as const

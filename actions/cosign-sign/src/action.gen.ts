// Generated from action.yml and action-types.yml by `npm run generate`. Do not edit.
export const contract = {
  action: 'cosign-sign',
  inputs: {
    files: {type: 'list', required: true},
    exclude: {type: 'list'},
    'output-directory': {type: 'string'},
    key: {type: 'string'},
    'key-password': {type: 'string'},
    'public-key': {type: 'string'},
    verify: {type: 'boolean', default: 'true'},
    'transparency-log': {type: 'enum', values: ['auto', 'true', 'false'], default: 'auto'},
    'tool-mirror': {type: 'string'},
  },
  outputs: ['bundles', 'identity', 'issuer', 'verify-command', 'cosign-version'],
} as const

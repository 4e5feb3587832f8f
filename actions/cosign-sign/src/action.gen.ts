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
    mode: {type: 'enum', values: ['sign', 'verify'], default: 'sign'},
    signer: {type: 'string'},
    'published-tag': {type: 'string'},
    'published-commit': {type: 'string'},
    'read-token': {type: 'string', default: '${{ github.token }}'},
    verify: {type: 'boolean', default: 'true'},
    'transparency-log': {type: 'enum', values: ['auto', 'true', 'false'], default: 'auto'},
    'tool-mirror': {type: 'string'},
  },
  outputs: ['bundles', 'identity', 'issuer', 'signer', 'verify-command', 'cosign-version'],
} as const

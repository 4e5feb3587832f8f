// Generated from action.yml and action-types.yml by `npm run generate`. Do not edit.
export const contract = {
  action: 'release-assemble',
  inputs: {
    plan: {type: 'string', required: true},
    stage: {type: 'enum', values: ['sealed', 'built', 'complete', 'unchanged'], default: 'built'},
    directory: {type: 'string', default: 'built'},
    handovers: {type: 'string', default: 'handovers'},
    fragments: {type: 'string', default: 'fragments'},
    seal: {type: 'string'},
    'sha256': {type: 'string'},
    signatures: {type: 'string'},
    sealed: {type: 'string'},
    verified: {type: 'string'},
    verification: {type: 'string'},
    notes: {type: 'string'},
  },
  outputs: ['manifest', 'checksums', 'sha256', 'files', 'subjects', 'paths'],
} as const

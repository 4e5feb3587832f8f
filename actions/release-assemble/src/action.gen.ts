// Generated from action.yml and action-types.yml by `npm run generate`. Do not edit.
export const contract = {
  action: 'release-assemble',
  inputs: {
    plan: {type: 'string', required: true},
    directory: {type: 'string', default: 'built'},
    fragments: {type: 'string', default: 'fragments'},
    stage: {type: 'enum', values: ['built', 'complete'], default: 'built'},
  },
  outputs: ['manifest', 'checksums', 'files'],
} as const

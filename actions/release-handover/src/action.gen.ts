// Generated from action.yml and action-types.yml by `npm run generate`. Do not edit.
export const contract = {
  action: 'release-handover',
  inputs: {
    mode: {type: 'enum', values: ['seal', 'open'], default: 'open'},
    handovers: {type: 'string', default: 'handovers'},
    handover: {type: 'string'},
    expected: {type: 'list'},
  },
  outputs: ['sha256'],
} as const

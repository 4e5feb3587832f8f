// Generated from action.yml and action-types.yml by `npm run generate`. Do not edit.
export const contract = {
  action: 'build-wheel',
  inputs: {
    'working-directory': {type: 'string', default: '.'},
    'output-directory': {type: 'string', default: 'built'},
    version: {type: 'string'},
    'source-date': {type: 'integer'},
    fragment: {type: 'string'},
    package: {type: 'string'},
  },
  outputs: ['wheel', 'sdist', 'name', 'version', 'artifacts'],
} as const

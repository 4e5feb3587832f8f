// Generated from action.yml and action-types.yml by `npm run generate`. Do not edit.
export const contract = {
  action: 'syft-sbom',
  inputs: {
    files: {type: 'list', required: true},
    exclude: {type: 'list'},
    formats: {type: 'list', default: 'spdx-json\ncyclonedx-json\n'},
    'output-directory': {type: 'string', default: 'built'},
    version: {type: 'string'},
    plan: {type: 'string'},
    'source-date': {type: 'integer'},
    'tool-mirror': {type: 'string'},
  },
  outputs: ['sboms', 'components', 'syft-version'],
} as const

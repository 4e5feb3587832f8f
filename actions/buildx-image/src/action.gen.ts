// Generated from action.yml and action-types.yml by `npm run generate`. Do not edit.
export const contract = {
  action: 'buildx-image',
  inputs: {
    'working-directory': {type: 'string', default: '.'},
    context: {type: 'string'},
    containerfile: {type: 'string'},
    platforms: {type: 'list', default: 'linux/amd64\nlinux/arm64\n'},
    target: {type: 'string'},
    'build-args': {type: 'list'},
    labels: {type: 'list'},
    tags: {type: 'list'},
    push: {type: 'boolean', default: 'false'},
    archive: {type: 'string'},
    'output-directory': {type: 'string', default: 'built'},
    version: {type: 'string'},
    'source-date': {type: 'integer'},
    fragment: {type: 'string'},
    package: {type: 'string'},
    builder: {type: 'string'},
  },
  outputs: ['digest', 'references', 'archive', 'artifacts'],
} as const

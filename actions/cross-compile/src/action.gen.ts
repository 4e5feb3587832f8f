// Generated from action.yml and action-types.yml by `npm run generate`. Do not edit.
export const contract = {
  action: 'cross-compile',
  inputs: {
    'working-directory': {type: 'string', default: '.'},
    'output-directory': {type: 'string', default: 'built'},
    version: {type: 'string'},
    'source-date': {type: 'integer'},
    fragment: {type: 'string'},
    package: {type: 'string'},
    language: {type: 'enum', values: ['auto', 'go', 'rust'], default: 'auto'},
    targets: {type: 'list', default: 'linux/amd64\nlinux/arm64\ndarwin/amd64\ndarwin/arm64\nwindows/amd64\nwindows/arm64\n'},
    binary: {type: 'string'},
    main: {type: 'string', default: '.'},
    include: {type: 'list', default: 'LICENSE*\nREADME*\nCHANGELOG*\n'},
    commit: {type: 'string'},
  },
  outputs: ['archives', 'artifacts'],
} as const

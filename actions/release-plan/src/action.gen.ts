// Generated from action.yml and action-types.yml by `npm run generate`. Do not edit.
export const contract = {
  action: 'release-plan',
  inputs: {
    'working-directory': {type: 'string', default: '.'},
    tag: {type: 'string'},
    targets: {type: 'list', default: 'linux/amd64\nlinux/arm64\ndarwin/amd64\ndarwin/arm64\nwindows/amd64\nwindows/arm64\n'},
    image: {type: 'enum', values: ['auto', 'never'], default: 'auto'},
    'image-platforms': {type: 'list', default: 'linux/amd64\nlinux/arm64\n'},
    bundles: {type: 'enum', values: ['auto', 'never'], default: 'auto'},
    'compatibility-matrix': {type: 'boolean', default: 'false'},
    toolchains: {type: 'list', default: 'python\nnode\ngo\nrust\nbuildx\n'},
    output: {type: 'string', default: 'release-plan.json'},
  },
  outputs: ['plan', 'sha256', 'matrix', 'name', 'tag', 'version', 'prerelease', 'source-date', 'server-json', 'compatibility', 'expected'],
} as const

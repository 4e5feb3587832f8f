// Generated from action.yml and action-types.yml by `npm run generate`. Do not edit.
export const contract = {
  action: 'mcp-publish',
  inputs: {
    'server-json': {type: 'string', default: 'server.json'},
    files: {type: 'list'},
    plan: {type: 'string'},
    version: {type: 'string'},
    images: {type: 'list'},
    output: {type: 'string'},
    registry: {type: 'string', default: 'https://registry.modelcontextprotocol.io'},
    login: {type: 'enum', values: ['github-oidc', 'github-token', 'dns', 'http', 'none'], default: 'github-oidc'},
    domain: {type: 'string'},
    'private-key': {type: 'string'},
    'github-token': {type: 'string'},
    status: {type: 'enum', values: ['keep', 'active', 'deprecated', 'deleted'], default: 'keep'},
    'status-message': {type: 'string'},
    'dry-run': {type: 'boolean', default: 'false'},
    timeout: {type: 'integer', default: '600'},
  },
  outputs: ['state', 'name', 'version', 'url', 'server-json'],
} as const

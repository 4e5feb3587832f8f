import {expect, test} from '@jest/globals'
import {startValueOf} from './answers'

const shown = (text: string, name?: string) => {
  const {value, origin, format, secret} = startValueOf(text, name === undefined ? {} : {name})
  return [origin, value, ...(format === undefined ? [] : [format]), ...(secret === true ? ['secret'] : [])].join(' ')
}

// What authors write where each user has something of their own.
test.each([
  ['stdio', undefined, 'fixed stdio'],
  ['--read-write', undefined, 'fixed --read-write'],
  ['info', 'LOG_LEVEL', 'fixed info'],
  ['America/New_York', '--local-timezone', 'fixed America/New_York'],
  ['https://api.github.com', 'API_URL', 'fixed https://api.github.com'],
  ['http://localhost:3000', 'GRAFANA_URL', 'fixed http://localhost:3000'],
  ['/mcp', '--path', 'fixed /mcp'],
  ['/dev/null', undefined, 'fixed /dev/null'],
  // https://github.com/Vaiz/rust-mcp-server
  ['log/folder/rust-mcp-server.log', '--log-file', 'asked ${file} file'],
  ['./data/notes.db', 'DB_PATH', 'asked ${file} file'],
  ['data/notes', '--storage-dir', 'asked ${folder} directory'],
  ['notes.db', '--db', 'fixed notes.db'],
  ['owner/repo', 'GITHUB_REPOSITORY', 'fixed owner/repo'],
  ['application/json', '--output-type', 'fixed application/json'],
  ['4096', 'MAX_TOKENS', 'fixed 4096'],
  ['sentence-transformers/all-MiniLM-L6-v2', 'EMBEDDING_MODEL', 'fixed sentence-transformers/all-MiniLM-L6-v2'],
  ['<your-api-key>', 'SOME_API_KEY', 'asked dummy secret'],
  ['YOUR_API_KEY', 'API_KEY', 'asked dummy secret'],
  ['abc123', 'GITHUB_TOKEN', 'asked dummy secret'],
  ['ntn_****', 'NOTION_TOKEN', 'asked ntn_dummy secret'],
  ['sk-xxxx', 'OPENAI', 'asked dummy'],
  ['${input:github_token}', 'TOKEN', 'asked dummy secret'],
  ['${env:HOME}', undefined, 'asked ${folder} directory'],
  ['$API_KEY', '--key', 'asked dummy secret'],
  ['/Users/username/Desktop', undefined, 'asked ${folder} directory'],
  ['/path/to/allowed/dir', undefined, 'asked ${folder} directory'],
  ['C:\\Users\\me\\notes', undefined, 'asked ${folder} directory'],
  ['$HOME/notes', undefined, 'asked ${folder} directory'],
  ['~/.config/app/config.json', '--config', 'asked ${file} file'],
  ['/path/to/test.db', '--db-path', 'asked ${file} file'],
  ['${workspaceFolder}', undefined, 'asked ${folder} directory'],
  ['--root=/path/to/dir', undefined, 'asked --root=${folder} directory'],
  ['https://your-company.example.net/wiki', 'WIKI_URL', 'asked https://localhost:9'],
  ['<url>', '--endpoint', 'asked http://localhost:9'],
  ['postgresql://user:password@db.internal:5432/notes', undefined, 'asked postgresql://dummy:dummy@localhost:9/notes'],
  ['mongodb+srv://cluster/x', 'MONGO', 'asked mongodb://dummy:dummy@localhost:9/x'],
  ['your.email@company.com', 'USERNAME', 'asked dummy@example.com'],
  ['<port>', '--port', 'asked ${port} number'],
  ['<json|text>', '--format', 'asked json'],
  ['', 'SOME_PASSWORD', 'asked dummy secret'],
  ['', 'DATABASE_URL', 'asked postgresql://dummy:dummy@localhost:9/dummy'],
  ['<database URL>', 'database URL', 'asked postgresql://dummy:dummy@localhost:9/dummy'],
  ['', 'MONGODB_URI', 'asked mongodb://dummy:dummy@localhost:9/dummy'],
])('%j of %s is %s', (text, name, expected) => {
  expect(shown(text, name)).toBe(expected)
})

// https://code.visualstudio.com/docs/reference/variables-reference, https://learn.microsoft.com/windows/deployment/usmt/usmt-recognized-environment-variables,
// https://cursor.com/docs/context/mcp#config-interpolation, https://code.claude.com/docs/en/mcp#environment-variable-expansion-in-mcp-json
test.each([
  ['%APPDATA%', undefined, 'asked ${folder} directory'],
  ['%APPDATA%\\Notes', undefined, 'asked ${folder} directory'],
  ['%APPDATA%/Notes/config.json', '--config', 'asked ${file} file'],
  ['--vault=%USERPROFILE%\\Documents\\Vault', undefined, 'asked --vault=${folder} directory'],
  ['%LOCALAPPDATA%\\notes.db', undefined, 'asked ${file} file'],
  ['%ProgramFiles(x86)%\\Notes', undefined, 'asked ${folder} directory'],
  ['%HOMEDRIVE%%HOMEPATH%\\notes', undefined, 'asked ${folder} directory'],
  ['$env:APPDATA\\notes', undefined, 'asked ${folder} directory'],
  ['$env:USERPROFILE', undefined, 'asked ${folder} directory'],
  ['%NOTES_KEY%', undefined, 'asked dummy secret'],
  ['${HOME}', undefined, 'asked ${folder} directory'],
  ['${HOME}/.config/notes.toml', undefined, 'asked ${file} file'],
  ['$HOME', undefined, 'asked ${folder} directory'],
  ['$PWD', undefined, 'asked ${folder} directory'],
  ['$PWD/data', undefined, 'asked ${folder} directory'],
  ['$(pwd)', undefined, 'asked ${folder} directory'],
  ['$(pwd)/notes.json', undefined, 'asked ${file} file'],
  ['~', undefined, 'asked ${folder} directory'],
  ['~\\notes', undefined, 'asked ${folder} directory'],
  ['${XDG_CONFIG_HOME}/notes', undefined, 'asked ${folder} directory'],
  ['${env:HOME}/notes', undefined, 'asked ${folder} directory'],
  ['${env:NOTES_TOKEN}', undefined, 'asked dummy secret'],
  ['${workspaceFolder}/data/notes.db', undefined, 'asked ${file} file'],
  ['${workspaceFolder:server}', undefined, 'asked ${folder} directory'],
  ['${workspaceFolderBasename}', undefined, 'asked dummy'],
  ['${userHome}/.notes', undefined, 'asked ${folder} directory'],
  ['${userHome}', 'NOTES_HOME', 'asked ${folder} directory'],
  ['${input:api_key}', undefined, 'asked dummy secret'],
  ['${input:vault_path}', undefined, 'asked ${folder} directory'],
  ['${input:config-file}', undefined, 'asked ${file} file'],
  ['${input:port}', undefined, 'asked ${port} number'],
  ['--url=${input:url}', undefined, 'asked --url=http://localhost:9'],
  ['${LOG_LEVEL:-info}', 'LOG_LEVEL', 'asked info'],
  ['${NOTES_DIR:-/home/me/notes}', undefined, 'asked ${folder} directory'],
  ['<your-api-key>', undefined, 'asked dummy secret'],
  ['<path-to-vault>', undefined, 'asked ${folder} directory'],
  ['<path to config.json>', undefined, 'asked ${file} file'],
  ['<path>/config.json', undefined, 'asked ${file} file'],
  ['<your name>', undefined, 'asked dummy'],
  ['<max-results>', '--max-results', 'asked 1 number'],
  ['/absolute/path/to/.env', undefined, 'asked ${file} file'],
  ['/PATH/TO/notes', undefined, 'asked ${folder} directory'],
  ['C:/Users/me/notes.txt', undefined, 'asked ${file} file'],
  ['\\\\wsl$\\Ubuntu\\home\\me', undefined, 'asked ${folder} directory'],
  ['/path/to/key.json', 'GOOGLE_APPLICATION_CREDENTIALS', 'asked ${file} file'],
  ['', 'GOOGLE_APPLICATION_CREDENTIALS', 'asked ${file} file'],
  ['~/.ssh/id_rsa', 'SSH_KEY', 'asked ${file} file'],
  ['Your Name', 'ADMIN_NAME', 'asked dummy'],
  ['<your-domain>.example.net', 'SITE', 'asked dummy.example.net'],
  ['<user>@<host>', undefined, 'asked dummy@example.com'],
])('%j of %s stands for something that each user has: %s', (text, name, expected) => {
  expect(shown(text, name)).toBe(expected)
})

// RFC 9110, section 11.4: credentials stand behind the name of their scheme.
test.each([
  ['Bearer <token>', 'AUTH_HEADER', {value: 'Bearer dummy', prefix: 'Bearer ', secret: true}],
  ['Authorization: Bearer ${NOTES_TOKEN}', '--header', {value: 'Authorization: Bearer dummy', secret: true}],
  ['--header=Authorization:${AUTH}', undefined, {value: '--header=Authorization:dummy', secret: true}],
  [
    '{"Authorization": "Bearer ntn_****", "Notion-Version": "2022-06-28"}',
    'OPENAPI_MCP_HEADERS',
    {value: '{"Authorization":"Bearer ntn_dummy","Notion-Version":"2022-06-28"}'},
  ],
  [
    '{"type": "service_account", "private_key": "YOUR_KEY", "projects": ["<project>"]}',
    'GOOGLE_CREDENTIALS',
    {value: '{"type":"service_account","private_key":"dummy","projects":["dummy"]}', secret: true},
  ],
])('of %j, only what each user has of their own is replaced', (text, name, expected) => {
  expect(startValueOf(text, name === undefined ? {} : {name})).toMatchObject({origin: 'asked', ...expected})
})

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
  ['${env:HOME}', undefined, 'asked dummy'],
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

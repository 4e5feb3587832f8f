import {expect, test} from '@jest/globals'
import {argumentsFromHelp, causeOf} from './need'

const cause = (stderr: string, {access = 'off' as const, code = 1} = {}) =>
  causeOf({stdout: '', stderr, exit: {code, signal: null}}, {access})

// What is broken stays broken, whatever words stand in it.
test.each([
  "ModuleNotFoundError: No module named 'token'",
  "ImportError: cannot import name 'Token' from 'api_key'",
  "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'zod' imported from /app/auth/token.js",
  "Error: Cannot find module '/app/dist/credentials.js'",
  'SyntaxError: Invalid or unexpected token',
  'SyntaxError: Unexpected token } in JSON at position 12',
  "AttributeError: 'NoneType' object has no attribute 'token'",
  "TypeError: connect() missing 1 required positional argument: 'api_key'",
  'TypeError: tools.map is not a function',
  "TypeError: Cannot read properties of undefined (reading 'access_token')",
  'srv: error while loading shared libraries: libssl.so.3: cannot open shared object file: No such file or directory',
  'panic: runtime error: invalid memory address or nil pointer dereference',
  "FileNotFoundError: [Errno 2] No such file or directory: 'config.json'",
  'ImportError: openpyxl is not installed. Please run pip install openpyxl',
  "FileNotFoundError: [Errno 2] No such file or directory: '/app/site-packages/srv/tokens.json'",
  "Error: ENOENT: no such file or directory, open '/app/node_modules/srv/dist/tokenizer.json'",
])('%j is a crash', text => {
  expect(cause(text)).toEqual({kind: 'crash'})
})

test.each([
  'Error: Invalid token in template at line 3',
  'yaml: line 4: found character that cannot start any token',
  'Error: parse error: invalid token "}"',
  'Error: tool schema has an unknown secret property',
  "KeyError: 'token'",
  'Error: something went wrong',
  'Error: region: not found',
])('%j says nothing of an account', text => {
  expect(cause(text)).toEqual({kind: 'unknown'})
})

const account = 'a real account: it does not take made-up credentials'
test.each([
  ['Error: Invalid API key', account],
  ['slack_sdk.errors.SlackApiError: The server responded with: invalid auth token', account],
  ['HTTP 401: Bad credentials', account],
  ['requests.exceptions.HTTPError: 401 Client Error: Unauthorized for url', account],
  ["Credentials not found. Please run with 'auth' argument first.", account],
  ['Error: OAuth keys file not found. Please place gcp-oauth.keys.json in the folder.', account],
  ['google.auth.exceptions.DefaultCredentialsError: Your default credentials were not found.', account],
  ['Please log in with `srv login`', account],
  ['Error: invalid configuration: no configuration has been provided, try setting KUBERNETES_MASTER', account],
  ['Error: no current-context is set and no contexts are defined in kubeconfig.\nUsage:\n  srv [flags]', account],
  [
    "Error: ENOENT: no such file or directory, open '/home/me/.gmail-mcp/credentials.json'",
    'a real account: the file of a log-in is not there',
  ],
  ['Error: connect ECONNREFUSED 127.0.0.1:5432', 'a running service that it can connect to (127.0.0.1:5432)'],
  ['Error: Cannot open display', 'a device or a desktop that this machine does not have'],
  ['[FATAL][core] LSP command not found: gopls', 'the program gopls, which is not on this machine'],
  ['Error: ACME_API_KEY is not a valid key (32 hex digits)', account],
  ['Error: Invalid ACME_API_KEY', account],
  ['GITHUB_TOKEN is invalid', account],
  ['BRAVE_API_KEY is malformed', account],
  ['/bin/sh: 1: kubectl: not found', 'the program kubectl, which is not on this machine'],
  [
    "FileNotFoundError: [Errno 2] No such file or directory: 'kubectl'",
    'the program kubectl, which is not on this machine',
  ],
  ['exec: "kubectl": executable file not found in $PATH', 'the program kubectl, which is not on this machine'],
])('%j needs %s', (text, what) => {
  expect(cause(text)).toEqual({kind: 'need', what})
})

test('without a network, what could not be looked up needs one; with one, a service', () => {
  const words = 'Error: getaddrinfo EAI_AGAIN api.service.example'
  expect(cause(words)).toMatchObject({kind: 'need', network: true})
  expect(causeOf({stdout: '', stderr: words, exit: {code: 1, signal: null}}, {access: 'on'})).toEqual({
    kind: 'need',
    what: 'a service on the network',
  })
})

// cobra prints the help behind every error, and the help of a flag speaks of tokens, too.
const help = 'Usage:\n  srv [flags]\n\nFlags:\n      --token string   API token, required for all but public data\n'
test('a program that prints its help wants arguments, unless its error says what it needs', () => {
  expect(cause(help)).toEqual({kind: 'usage'})
  expect(cause(`Error: unknown command "x"\n${help}`)).toEqual({kind: 'usage'})
  expect(cause(`Error: 401 Unauthorized\n${help}`)).toEqual({kind: 'need', what: account})
})

test.each([
  ['Usage: echo-mcp <COMMAND>\n\nCommands:\n  stdio  Serve MCP over stdio\n  http   Serve MCP over HTTP\n', ['stdio']],
  ['Usage:\n  srv [command]\n\nAvailable Commands:\n  completion  x\n  serve       Start the server\n', ['serve']],
  ['usage: srv [-h] {index,serve,query} ...', ['serve']],
  ['Usage: srv [options]\n\nOptions:\n  --stdio  use stdio\n', ['--stdio']],
  ['Usage: srv [options]\n\nOptions:\n  --transport <stdio|http>\n', ['--transport', 'stdio']],
  ['Usage: srv [options]\n', []],
  // gopls 0.23.0
  [
    'Main\n  serve   run a server for Go code using the Language Server Protocol\nFeatures\n  mcp     start the gopls MCP server in headless mode\n',
    ['mcp'],
  ],
  ['Commands:\n  run     run a query\n  serve   Serve over MCP\n', ['serve']],
  ['Commands:\n  serve   start the language server\n', []],
])('the help %j wants %j', (text, args) => {
  expect(argumentsFromHelp(text)).toEqual(args)
})

import {expect, test} from '@jest/globals'
import {missingValues} from './missing-values'

const nothing = {variables: [], options: [], positionals: []}

// What the libraries print, as they printed it when a program was started without its values.
const libraries = {
  argparse: [
    'usage: srv [-h] --api-key API_KEY directory\nsrv: error: the following arguments are required: directory, --api-key\n',
    {options: ['--api-key'], positionals: ['directory']},
  ],
  'click, an argument': [
    "Usage: srv [OPTIONS] PATH\nTry 'srv --help' for help.\n\nError: Missing argument 'PATH'.\n",
    {positionals: ['PATH']},
  ],
  'click, an option': [
    "Usage: srv [OPTIONS]\nTry 'srv --help' for help.\n\nError: Missing option '--token'.\n",
    {options: ['--token']},
  ],
  'typer, an argument': [
    "Usage: srv [OPTIONS] {path}\nTry 'srv --help' for help.\n╭─ Error ─────────────────╮\n│ Missing argument 'path'. │\n╰──────────────────────────╯\n",
    {positionals: ['path']},
  ],
  'typer, an option with a variable': [
    "Usage: srv [OPTIONS]\nTry 'srv --help' for help.\n╭─ Error ─────────────────╮\n│ Missing option '--api-key' (env var: 'SRV_KEY').       │\n╰─────────────────╯\n",
    {options: ['--api-key'], variables: ['SRV_KEY']},
  ],
  'pydantic-settings': [
    `Traceback (most recent call last):
  File "/tmp/d.py", line 6, in <module>
    Settings()
pydantic_core._pydantic_core.ValidationError: 2 validation errors for Settings
api_key
  Field required [type=missing, input_value={}, input_type=dict]
    For further information visit https://errors.pydantic.dev/2.14/v/missing
base_url
  Field required [type=missing, input_value={}, input_type=dict]
    For further information visit https://errors.pydantic.dev/2.14/v/missing
`,
    {variables: ['API_KEY', 'BASE_URL']},
  ],
  'os.environ': [
    `Traceback (most recent call last):
  File "/tmp/e.py", line 2, in <module>
    os.environ['WEATHER_API_KEY']
    ~~~~~~~~~~^^^^^^^^^^^^^^^^^^^
  File "<frozen os>", line 679, in __getitem__
KeyError: 'WEATHER_API_KEY'
`,
    {variables: ['WEATHER_API_KEY']},
  ],
  environs: [
    'environs.exceptions.EnvNotSetError: Environment variable "WEATHER_API_KEY" not set\n',
    {variables: ['WEATHER_API_KEY']},
  ],
  'python-decouple': [
    `    raise UndefinedValueError('{} not found. Declare it as envvar or define a default value.'.format(option))
decouple.UndefinedValueError: WEATHER_API_KEY not found. Declare it as envvar or define a default value.
`,
    {variables: ['WEATHER_API_KEY']},
  ],
  // What cobra prints behind every error: rows that describe options ask for none of them.
  'cobra, an error of its own with the help': [
    `Error: no current-context is set
Usage:
  srv [flags]

Flags:
      --cluster-provider string   Must be one of: disabled, kubeconfig
      --require-tls               Require TLS for all connections
      --tls-cert string           Path to the file. Must be used together with --tls-key.
  -h, --help                      help for srv
`,
    {},
  ],
  'a row that says so': [
    'Options:\n  --root <dir>   the folder (required)\n  --port <n>     the port, if required\n',
    {options: ['--root']},
  ],
  commander: ["error: required option '--api-key <key>' not specified\n", {options: ['--api-key']}],
  'commander, an argument': ["error: missing required argument 'directory'\n", {positionals: ['directory']}],
  yargs: [
    `Options:
  --help     Show help                                                 [boolean]
  --version  Show version number                                       [boolean]
  --api-key                                                  [string] [required]
  --root                                                              [required]

Missing required arguments: api-key, root
`,
    {options: ['--api-key', '--root']},
  ],
  'yargs, an argument': [
    `srv <directory>

run

Options:
  --help     Show help                                                 [boolean]
  --version  Show version number                                       [boolean]

Not enough non-option arguments: got 0, need at least 1
`,
    {positionals: ['directory']},
  ],
  'zod, thrown': [
    `ZodError: [
  {
    "expected": "string",
    "code": "invalid_type",
    "path": [
      "WEATHER_API_KEY"
    ],
    "message": "Invalid input: expected string, received undefined"
  },
  {
    "expected": "string",
    "code": "invalid_type",
    "path": [
      "WEATHER_URL"
    ],
    "message": "Invalid input: expected string, received undefined"
  }
]
`,
    {variables: ['WEATHER_API_KEY', 'WEATHER_URL']},
  ],
  'zod, prettified': [
    'Invalid environment:\n✖ Invalid input: expected string, received undefined\n  → at WEATHER_API_KEY\n',
    {variables: ['WEATHER_API_KEY']},
  ],
  envalid: [
    `\u001b[37m================================\u001b[0m
 \u001b[33mMissing\u001b[0m environment variables:
    \u001b[34mWEATHER_API_KEY\u001b[0m: undefined
    \u001b[34mWEATHER_TOKEN\u001b[0m: undefined
\u001b[37m================================\u001b[0m
`,
    {variables: ['WEATHER_API_KEY', 'WEATHER_TOKEN']},
  ],
  't3-env': [
    "❌ Invalid environment variables: [\n  {\n    expected: 'string',\n    code: 'invalid_type',\n    path: [ 'WEATHER_API_KEY' ],\n    message: 'Invalid input: expected string, received undefined'\n  }\n]\n",
    {variables: ['WEATHER_API_KEY']},
  ],
  cac: ['CACError: missing required args for command `<dir>`\n', {positionals: ['dir']}],
  citty: [
    '\u001b[4m\u001b[1mUSAGE\u001b[22m\u001b[24m \u001b[36msrv [OPTIONS] <DIR> --key=<key>\u001b[39m\n\nMissing required positional argument: DIR\n',
    {positionals: ['DIR']},
  ],
  cobra: [
    'Error: required flag(s) "api-key", "url" not set\nUsage:\n  srv <directory> [flags]\n\nFlags:\n      --api-key string   key\n  -h, --help             help for srv\n      --url string       u\n',
    {options: ['--api-key', '--url']},
  ],
  'cobra, an argument': [
    'Error: accepts 1 arg(s), received 0\nUsage:\n  srv <directory> [flags]\n\nFlags:\n  -h, --help   help for srv\n',
    {positionals: ['directory']},
  ],
  clap: [
    "error: the following required arguments were not provided:\n  --api-key <API_KEY>\n  <PATH>\n\nUsage: srv --api-key <API_KEY> <PATH>\n\nFor more information, try '--help'.\n",
    {options: ['--api-key'], positionals: ['PATH']},
  ],
  envconfig: ['required key WEATHER_API_KEY missing value\n', {variables: ['WEATHER_API_KEY']}],
  'std::env::var': [
    "thread 'main' panicked at src/main.rs:5:35:\nWEATHER_API_KEY must be set: NotPresent\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n",
    {variables: ['WEATHER_API_KEY']},
  ],
} as const

test.each(Object.entries(libraries))('%s', (_, [text, expected]) => {
  expect(missingValues(text)).toEqual({...nothing, ...expected})
})

// The last words of published servers, each started without anything.
test.each([
  ['BRAVE_API_KEY environment variable is required', ['BRAVE_API_KEY']],
  ['Error: BRAVE_API_KEY environment variable is required', ['BRAVE_API_KEY']],
  ['Please set SLACK_BOT_TOKEN and SLACK_TEAM_ID environment variables', ['SLACK_BOT_TOKEN', 'SLACK_TEAM_ID']],
  [
    'Error: airtable-mcp-server: No API key provided. Set it in the `AIRTABLE_API_KEY` environment variable',
    ['AIRTABLE_API_KEY'],
  ],
  ['Error: PERPLEXITY_API_KEY environment variable is required', ['PERPLEXITY_API_KEY']],
  ['GOOGLE_MAPS_API_KEY environment variable is not set', ['GOOGLE_MAPS_API_KEY']],
  ['Error: TAVILY_API_KEY environment variable is required', ['TAVILY_API_KEY']],
  ['Error: GITLAB_PERSONAL_ACCESS_TOKEN environment variable is not set', ['GITLAB_PERSONAL_ACCESS_TOKEN']],
  ['Missing required environment variable: NOTION_TOKEN', ['NOTION_TOKEN']],
  ['Error: Either FIRECRAWL_API_KEY or FIRECRAWL_API_URL must be provided', ['FIRECRAWL_API_KEY', 'FIRECRAWL_API_URL']],
  ['ValueError: EXA_API_KEY not found in environment', ['EXA_API_KEY']],
  ['Missing environment variables:\n- JIRA_URL\n- JIRA_TOKEN', ['JIRA_URL', 'JIRA_TOKEN']],
  ['2026/11/29 07:00:00 GITHUB_PERSONAL_ACCESS_TOKEN not set', ['GITHUB_PERSONAL_ACCESS_TOKEN']],
  ['panic: TERRAFORM_TOKEN is empty', ['TERRAFORM_TOKEN']],
  ['Error: You must set the LINEAR_API_KEY env var.', ['LINEAR_API_KEY']],
])('%j asks for %j', (text, variables) => {
  expect(missingValues(text).variables).toEqual(variables)
})

test('a value that is wanted as an argument is asked for by position', () => {
  expect(missingValues('Please provide a database URL as a command-line argument').positionals).toEqual([
    'database URL',
  ])
  expect(
    missingValues('Usage: mcp-server-filesystem <allowed-directory> [additional-directories...]').positionals,
  ).toEqual(['allowed-directory'])
})

// Defects and chatter, which no made-up value mends.
test.each([
  "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'zod' imported from /app/index.js",
  "ModuleNotFoundError: No module named 'mcp'",
  'LOG_LEVEL is not set, using info',
  'Optional: set SENTRY_DSN to report errors',
  'Server running on stdio',
  'Usage: srv <COMMAND>',
  'RangeError [ERR_OUT_OF_RANGE]: The value of "size" is out of range.',
  "TypeError: Cannot read properties of undefined (reading 'replace')",
])('%j asks for nothing', text => {
  expect(missingValues(text)).toEqual(nothing)
})

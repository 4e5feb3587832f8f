import type {Check} from '@mcp-release/release-model'

/** What the author of a server can do about a failed check. */
export const remedies: Readonly<Record<Check['name'], string>> = {
  installs: 'Build the file again and try it on a clean machine; the message of the installer says what is missing.',
  'commands-load':
    'Start the command by hand from a clean installation: publish the file and name the dependency that it lacks, or leave the command out.',
  'documented-start': 'Mend the instructions: users copy them as they are.',
  'answers-help': 'Start the program by hand with --version; let it answer --version or --help.',
  handshake:
    'Start the command by hand and look at its stderr. A server that needs settings gets them by args and env below servers in .github/mcp-release.yml, or by the inputs server-args and server-env; one that starts slowly needs a longer timeout there.',
  'both-eras':
    'Offer the same tools, and answers of the right shape, with server/discover and with initialize; newer versions of the SDKs do.',
  'stdout-purity':
    'stdout carries the protocol alone: write logs to stderr (console.error, logging to sys.stderr, eprintln!, log.SetOutput(os.Stderr)).',
  'output-limits': 'Log less: clients keep what a server writes to stderr.',
  'server-name':
    'Give the server the name of the release, or say with the input server-name of mcp-verify which name it has.',
  'server-version':
    'Take the version that the server states from the package, or from the build, instead of a constant.',
  'tools-valid': 'Give each tool a unique name and an inputSchema of type object.',
  'schemas-valid':
    'Mend the schema at the place that is named; without $schema it is read as JSON Schema draft 2020-12.',
  'expected-tools': 'Register the tool, or mend the input expect-tools.',
  'declared-tools':
    'List in manifest.json the tools that the server has; leave `tools` out and set `tools_generated` when they vary.',
  'tool-calls': 'Call the tool by hand with these arguments, or mend the input call.',
  'tools-compatible':
    'Release a version that says so (its first number, or its second before 1.0.0), or keep what older clients use.',
  'resources-listed': 'Answer resources/list, or do not declare resources.',
  'resource-templates-listed': 'Answer resources/templates/list with all templates, or with none.',
  'prompts-listed': 'Answer prompts/list, or do not declare prompts.',
  'clean-exit': 'End the process when stdin ends, and do not ignore SIGTERM.',
  'sigterm-exit': 'Do not ignore SIGTERM: close what is open and end the process.',
  'no-orphans': 'End the processes that the server started before it ends itself.',
}

import type {Check} from '@mcp-release/release-model'

/** What the author of a server can do about a failed check. */
export const remedies: Readonly<Record<Check['name'], string>> = {
  installs: 'Build the file again and try it on a clean machine; the message of the installer says what is missing.',
  handshake:
    'Start the command by hand and look at its stderr. A server that needs settings gets them by server-args and server-env; one that starts slowly needs a longer timeout.',
  'stdout-purity':
    'stdout carries the protocol alone: write logs to stderr (console.error, logging to sys.stderr, eprintln!, log.SetOutput(os.Stderr)).',
  'server-version':
    'Take the version that the server states from the package, or from the build, instead of a constant.',
  'tools-valid': 'Give each tool a unique name and an inputSchema of type object.',
  'expected-tools': 'Register the tool, or mend expect-tools.',
  'declared-tools':
    'List in manifest.json the tools that the server has; leave `tools` out and set `tools_generated` when they vary.',
  'resources-listed': 'Answer resources/list, or do not declare resources.',
  'prompts-listed': 'Answer prompts/list, or do not declare prompts.',
  'clean-exit': 'End the process when stdin ends, and do not ignore SIGTERM.',
}

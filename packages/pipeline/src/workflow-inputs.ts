/** An input of the workflow. */
export interface WorkflowInput {
  readonly description: string
  readonly type: 'string' | 'boolean'
  readonly default: string | boolean
}

const text = (description: string, given = ''): WorkflowInput => ({description, type: 'string', default: given})

/** What the caller of the workflow can say; what it leaves empty is detected, or as the settings file says. */
export const workflowInputs = {
  tag: text('The tag to release; without it the tag of the event.'),
  'working-directory': text(
    'The folder under which packages are looked for; it is built with the whole repository around it.',
    '.',
  ),
  submodules: text('Which submodules are checked out, true, recursive or false.', 'recursive'),
  packages: text(
    'What is released, as names, folders or commands with * for any text, one on each line; without it what the tag means.',
  ),
  programs: text(
    'Which Go and Rust programs are released, likewise; without it the servers and what their users need.',
  ),
  exclude: text('What is not released, likewise.'),
  targets: text(
    'The platforms of Go and Rust binaries, as os/arch, one on each line; linux, darwin and windows on amd64 and arm64 without it.',
  ),
  image: text('Whether container images are built, auto or never.'),
  'image-platforms': text(
    'The platforms of container images, one on each line; linux/amd64 and linux/arm64 without it.',
  ),
  bundles: text('Whether MCP bundles (.mcpb) for desktop clients are made, auto or never.'),
  'server-args': text('Arguments with which the servers are started when they are verified, one on each line.'),
  'server-env': text(
    'Variables with which the servers are started when they are verified, as NAME=value, one on each line.',
  ),
  executable: text('The command to start when a package has several.'),
  transport: text('How the servers are spoken to, auto, stdio or http.'),
  'http-path': text('Where the MCP endpoint of the servers is when they speak HTTP, such as /mcp.'),
  network: text('Whether started servers can reach a network, off or on; off without it.'),
  timeout: text('Seconds after which waiting for an answer of a server is given up; 60 without it.'),
  'verify-on': text(
    'The platforms on which files are started, one on each line; linux/amd64 and linux/arm64 without it.',
  ),
  isolation: text(
    'What it means when started servers cannot be isolated, required or preferred; required for runners on Linux without it.',
  ),
  unverified: text(
    'What it means when a server cannot start without a real account or device, refuse or allow; refuse without it.',
  ),
  strict: text(
    'Whether it is an error when something would be left out with a reason, true or false; false without it.',
  ),
  changelog: text(
    'Whether CHANGELOG.md must have a section for the version, auto, required or never; auto without it.',
  ),
  'python-versions': text(
    'Versions of Python with which each wheel is tried for compatibility.json, such as 3.10, one on each line.',
  ),
  'node-versions': text(
    'Versions of Node.js with which each npm package is tried for compatibility.json, such as 22, one on each line.',
  ),
  'sdk-versions': text(
    'Versions of the MCP SDK with which each package is tried, of lowest, locked, newest and latest, one on each line; all but latest without it.',
  ),
  incompatible: text(
    'What it means when a package does not work with what its metadata allows, warning or error; error without it.',
  ),
  publish: {
    description: 'Whether the release is published; otherwise it stays a complete draft.',
    type: 'boolean',
    default: true,
  },
  'tool-mirror': text('A base URL that serves the pinned tools instead of their release pages.'),
  'mcp-registry': text(
    'The MCP Registry to which server.json is published after the release, by its URL; none without it.',
  ),
} as const satisfies Readonly<Record<string, WorkflowInput>>

export type InputName = keyof typeof workflowInputs

/** The secrets that the caller of the workflow can give. */
export const workflowSecrets = {
  'cosign-key': 'A private key in PEM or a reference that cosign understands; signatures are keyless without it.',
  'cosign-password': 'The password of the private key.',
} as const

export type SecretName = keyof typeof workflowSecrets

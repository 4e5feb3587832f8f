/** What `mcp-release --help` prints. */
export const usage = `mcp-release packages, verifies, signs and releases MCP servers on this machine.

Usage
  mcp-release plan [DIR] [options]       what a release of DIR would be: what is released, what not and why, how each
                                         server is started and where that was learnt; builds nothing
  mcp-release snapshot [DIR] [options]   release DIR to an embedded forge; all examples without DIR
  mcp-release --version
  mcp-release --help

Settings of a repository are in .github/mcp-release.yml (docs/settings.md). What the options below say wins.

What is released
  --tag TAG            the tag to release, such as v1.2.3-rc.1 (default: the version of the packages)
  --package NAME       only this package, by name, folder or command, with * for any text; may be repeated
  --program NAME       this Go or Rust program (default: the servers and what their users need); may be repeated
  --exclude NAME       not this package or program; may be repeated
  --target OS/ARCH     a platform for Go and Rust binaries; may be repeated (default: linux, darwin and windows on amd64
                       and arm64)
  --no-image           build no container images
  --image-platform P   a platform for container images; may be repeated (default: linux/amd64, linux/arm64)
  --no-bundles         make no MCP bundles (.mcpb)
  --changelog WORD     required: CHANGELOG.md must have a section for the version; never: leave it aside (default: auto)
  --strict             what would be left out with a reason is an error
  --no-submodules      release without the submodules of the repository

How the servers are started when they are verified
  --server-arg=TEXT    an argument; may be repeated
  --server-env N=V     a variable; may be repeated
  --executable NAME    the command to start when a package has several
  --transport WORD     stdio or http (default: auto)
  --http-path PATH     where the MCP endpoint is (default: /mcp)
  --network on         with a network; without it they have none where the platform allows that
  --timeout SECONDS    how long to wait for an answer (default: 60)
  --isolation WORD     required: start no server that cannot be isolated (default: preferred)
  --unverified allow   release also what cannot start without a real account or device

Other options
  --out DIR            snapshot: where the files and the report go (default: out/<name>)
  --tool-mirror URL    snapshot: where pinned tools are downloaded from instead of their release pages
  --json               plan: print release-plan.json
`

const text = {type: 'string'} as const
const texts = {type: 'string', multiple: true} as const
const flag = {type: 'boolean'} as const

/** The options of all commands. */
export const options = {
  out: text,
  tag: text,
  package: texts,
  program: texts,
  exclude: texts,
  target: texts,
  'no-image': flag,
  'image-platform': texts,
  'no-bundles': flag,
  changelog: text,
  strict: flag,
  'no-submodules': flag,
  'server-arg': texts,
  'server-env': texts,
  executable: text,
  transport: text,
  'http-path': text,
  network: text,
  timeout: text,
  isolation: text,
  unverified: text,
  'tool-mirror': text,
  json: flag,
  help: {type: 'boolean', short: 'h'},
  version: flag,
} as const

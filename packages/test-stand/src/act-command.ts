/** A run of act: one event in one repository. */
export interface ActRun {
  readonly act: string
  readonly repository: string
  /** Relative to the repository. */
  readonly workflow: string
  readonly eventFile: string
  /** Where act keeps workspaces; one folder for each run. */
  readonly cache: string
  /** Folders that stand in for `owner/repo@ref`. */
  readonly local: Readonly<Record<string, string>>
  /** Variables of every step. */
  readonly env: Readonly<Record<string, string>>
  readonly secrets: Readonly<Record<string, string>>
}

/** Labels of runners that jobs may name; all of them are this machine. */
export const runnerLabels = [
  'ubuntu-latest',
  'ubuntu-24.04',
  'ubuntu-24.04-arm',
  'macos-15',
  'macos-15-intel',
  'windows-2025',
  'windows-11-arm',
] as const

/** The command line of act for a push event, in host mode, with nothing taken from the network. */
export function actCommand(run: ActRun): readonly string[] {
  const pairs = (flag: string, values: Readonly<Record<string, string>>): readonly string[] =>
    Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`])
  return [
    run.act,
    'push',
    ...['-C', run.repository, '-W', run.workflow, '-e', run.eventFile],
    ...['--json', '--rm', '--no-skip-checkout', '--no-cache-server'],
    ...['--container-daemon-socket', '-', '--action-cache-path', run.cache],
    ...runnerLabels.flatMap(label => ['-P', `${label}=-self-hosted`]),
    ...pairs('--local-repository', run.local),
    ...pairs('--env', run.env),
    ...pairs('-s', run.secrets),
  ]
}

// Where tools are, and the user's settings of package clients: mirrors, proxies, certificates. Nothing else of the
// machine reaches a workflow, above all no token.
const passed = [
  /^(PATH|HOME|LANG|TMPDIR|USER|LOGNAME)$/,
  /^(PIP|UV|PYENV|CARGO|RUSTUP)_(?!.*(TOKEN|PASSWORD))/,
  /^(GOPROXY|GOSUMDB|GONOSUMDB|GOPRIVATE|GONOPROXY|GOINSECURE|GOFLAGS|GOROOT|GOPATH|GOCACHE|GOMODCACHE)$/,
  /^npm_config_(registry|userconfig|cache|cafile|proxy|https_proxy|noproxy)$/i,
  /^(HTTPS?_PROXY|NO_PROXY|ALL_PROXY)$/i,
  /^(SSL_CERT_FILE|SSL_CERT_DIR|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS|GIT_SSL_CAINFO)$/,
]

/** The environment of act itself, which its steps inherit: a small part of ours. */
export function actEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  binaries: string,
): Record<string, string> {
  const kept = Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && passed.some(rule => rule.test(name)) ? [[name, value] as const] : [],
  )
  return {
    ...Object.fromEntries(kept),
    PATH: `${binaries}:${env['PATH'] ?? ''}`,
    ACT_DISABLE_VERSION_CHECK: '1',
    NO_COLOR: '1',
    CLICOLOR: '0',
    // Steps have a terminal under act, as they have not on GitHub; git must not ask there.
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
  }
}

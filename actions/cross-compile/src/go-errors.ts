import {ActionError, type ExecResult, type Host, endingWords, quoted} from '@mcp-release/action-kit'

const installHint = 'Install Go (on a runner: the action actions/setup-go) and put it on PATH.'

interface Cause {
  readonly said: RegExp
  readonly hint: string
}

// What Go prints (cmd/go) → what a user can do about it.
const causes: readonly Cause[] = [
  {
    said: /go\.mod requires go >= (\S+) \(running go ([\w.]+)/,
    hint: 'The module needs Go $1, and this machine has Go $2. Install Go $1 (actions/setup-go with go-version-file: go.mod), or set GOTOOLCHAIN=auto so that Go fetches it.',
  },
  {
    said: /(?:toolchain not available|download (go[\w.]+)[^\n]*toolchain)/,
    hint: 'The Go that go.mod asks for could not be fetched. Install it (actions/setup-go with go-version-file: go.mod).',
  },
  {
    said: /replacement directory (\S+) does not exist/,
    hint: 'A `replace` in go.mod leads to $1, which is not in the checkout. Commit the folder or check out the submodule, or require a released version instead.',
  },
  {
    said: /pattern (\S+): (?:no matching files found|cannot embed)/,
    hint: '`go:embed` names $1, which is not in the repository. Commit it, or make it in a step before this one (a web interface is often built there).',
  },
  {
    said: /missing go\.sum entry|updates to go\.(?:mod|sum) needed|go: updating go\.(?:mod|sum): existing contents have changed/,
    hint: 'Run `go mod tidy` and commit go.mod and go.sum.',
  },
  {said: /inconsistent vendoring/, hint: 'Run `go mod vendor` and commit the folder vendor.'},
  {
    said: /could not read Username|terminal prompts disabled|Permission denied \(publickey\)|Host key verification failed|Authentication failed/,
    hint: 'A dependency is private. Set GOPRIVATE to its path and give git the credentials in a step before this one (git config url.….insteadOf).',
  },
  {
    said: /checksum mismatch|SECURITY ERROR/,
    hint: 'A dependency is not what go.sum says it was. Find out why before you accept it; `go clean -modcache` helps when only the cache is damaged.',
  },
  {
    said: /build constraints exclude all Go files in (\S+)/,
    hint: '$1 has no code for this platform without cgo. Leave the platform out of the targets, or use a dependency in pure Go.',
  },
  {
    said: /requires external \(cgo\) linking|C compiler .* not found/,
    hint: 'The program is built without cgo. Take -linkmode and -extld out of its ldflags.',
  },
]

/** What helps against the last words of Go; `undefined` when they speak for themselves. */
export function goHint(words: string): string | undefined {
  for (const {said, hint} of causes) {
    const match = said.exec(words)
    if (match !== null) return hint.replaceAll(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? '')
  }
  return undefined
}

/** What the compiler said, from its beginning: the first errors are the causes. */
export function goWords({stdout, stderr}: Pick<ExecResult, 'stdout' | 'stderr'>): string {
  const lines = `${stderr}\n${stdout}`
    .split('\n')
    .filter(line => line.trim() !== '' && !line.startsWith('go: downloading '))
  const kept = lines.length > 24 ? [...lines.slice(0, 20), '…', ...lines.slice(-3)] : lines
  return kept.join('\n')
}

/** Runs Go; a failure says what Go said, and what helps. */
export async function runGo(
  host: Host,
  argv: readonly string[],
  options: {
    readonly cwd: string
    readonly env: Readonly<Record<string, string>>
    readonly quiet?: boolean
    readonly input?: string
  },
): Promise<ExecResult> {
  const result = await host.exec(argv, {...options, check: false, installHint})
  if (result.exitCode === 0) return result
  const words = goWords(result)
  const hint = goHint(words)
  const command = argv.slice(0, 3).map(quoted).join(' ')
  throw new ActionError('TOOL', `${command} … ${endingWords(result.exitCode)}${words === '' ? '' : `:\n${words}`}`, {
    ...(hint === undefined ? {} : {hint}),
  })
}

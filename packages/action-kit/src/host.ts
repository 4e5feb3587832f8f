/** The machine's operating system and processor in OCI/Go vocabulary. */
export interface HostPlatform {
  readonly os: 'linux' | 'darwin' | 'windows'
  readonly arch: 'amd64' | 'arm64'
  /** Linux: the C library, which programs that were linked with the other one do not run on. */
  readonly libc?: 'glibc' | 'musl'
}

/** How a command is run. */
export interface ExecOptions {
  readonly cwd?: string
  /** Variables for this command alone; everything secret is otherwise kept from it (see environment.ts). */
  readonly env?: Readonly<Record<string, string>>
  /** Text for its standard input, which is empty otherwise. */
  readonly input?: string
  /** `false`: an exit code other than 0 is returned, not thrown. Default `true`. */
  readonly check?: boolean
  /** `true`: neither the command nor its output is shown. Default `false`. */
  readonly quiet?: boolean
  /** What a user can do when the program is not there. */
  readonly installHint?: string
}

/** What a command answered. */
export interface ExecResult {
  /** `endedBySignal` where a signal ended the program. */
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** What lies at a path; links are not followed. */
export interface FileStat {
  readonly kind: 'file' | 'directory' | 'link' | 'other'
  /** Bytes. */
  readonly size: number
  /** Permission bits, such as 0o755. */
  readonly mode: number
}

/** The file system as actions see it. Paths are absolute or relative to the workspace. */
export interface Files {
  readText(path: string): Promise<string>
  readBytes(path: string): Promise<Uint8Array>
  /** The first `length` bytes. */
  readStart(path: string, length: number): Promise<Uint8Array>
  /** Written beside and renamed, so that a file under its final name is always whole; folders are made. */
  write(path: string, content: string | Uint8Array, mode?: number): Promise<void>
  stat(path: string): Promise<FileStat | undefined>
  /** Names in a folder, sorted; empty for a folder that is not there. */
  list(path: string): Promise<readonly string[]>
  /**
   * Files (not folders) that match glob patterns, relative to `cwd` with `/`, sorted. Links are not followed. `special`:
   * what matches and is neither a file nor a folder, such as a link or a named pipe, instead.
   */
  find(
    patterns: readonly string[],
    options: {readonly cwd: string; readonly ignore?: readonly string[]; readonly special?: boolean},
  ): Promise<readonly string[]>
  copy(from: string, to: string): Promise<void>
  move(from: string, to: string): Promise<void>
  /** Removes a file or folder with all it holds; nothing there is no error. */
  remove(path: string): Promise<void>
  makeDirectory(path: string): Promise<void>
  /** A new private folder below the runner's temporary folder. */
  makeTemporary(prefix: string): Promise<string>
  /** Lower-case hex; the file is streamed. */
  sha256(path: string): Promise<string>
  /** The path with all links resolved; of a path that is not there, the nearest folder above is resolved. */
  realPath(path: string): Promise<string>
}

/** What people see while an action runs. */
export interface Log {
  info(message: string): void
  warning(message: string): void
  notice(message: string): void
  group<T>(title: string, body: () => Promise<T>): Promise<T>
}

/** The world of an action: the only parameter through which it acts. Tests pass a `FakeHost`. */
export interface Host extends Log {
  /** Absolute path of the checkout (`GITHUB_WORKSPACE`). */
  readonly workspace: string
  /** Absolute path for temporary files (`RUNNER_TEMP`). */
  readonly temp: string
  readonly platform: HostPlatform
  /** The variables of this process. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly files: Files
  exec(argv: readonly string[], options?: ExecOptions): Promise<ExecResult>
  /** The absolute path of a program on PATH. */
  which(program: string): Promise<string | undefined>
  /** From now on the runner hides this text in logs. */
  maskSecret(value: string): void
  /** Adds Markdown to the job summary. */
  summary(markdown: string): Promise<void>
}

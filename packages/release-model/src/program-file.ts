// A version, or a system or processor in the words of Go, Rust and npm, begins what does not belong to the name.
const beginning = new RegExp(
  [
    String.raw`[_-]v?\d+(?:\.\d+)+`,
    String.raw`[._-](?:linux|darwin|macos|osx|apple|windows|win32|win64|pc|freebsd|openbsd|netbsd|unknown|universal)(?=$|[._-])`,
    String.raw`[._-](?:amd64|x86[_-]64|x64|i[36]86|386|arm64|aarch64|armv?\d[\da-z]*|riscv64(?:gc)?|ppc64le|s390x)(?=$|[._-])`,
  ].join('|'),
  'i',
)

/** The name of the program in a released file, without version, platform and suffix: `my_server_1.0.0_linux_amd64.tar.gz` → `my_server`. */
export function programName(file: string): string {
  const stem = file.replace(/\.(?:tar\.(?:gz|xz|zst|bz2)|tgz|zip|exe)$/i, '')
  const at = beginning.exec(stem)?.index ?? 0
  return at > 0 ? stem.slice(0, at) : stem
}

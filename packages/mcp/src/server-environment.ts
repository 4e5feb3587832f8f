// What programs need to start at all. Everything else of the environment stays away from servers, because any name may hold a secret.
// RUNNER_TRACKING_ID lets the runner find and end processes that outlive their step.
const inherited = [
  /^(PATH|LANG|LANGUAGE|LC_\w+|TZ|TERM|RUNNER_TRACKING_ID)$/,
  /^(LD_LIBRARY_PATH|DYLD_LIBRARY_PATH|DYLD_FALLBACK_LIBRARY_PATH)$/,
  /^(SSL_CERT_FILE|SSL_CERT_DIR|NODE_EXTRA_CA_CERTS|REQUESTS_CA_BUNDLE)$/,
  /^(SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|PROCESSOR_ARCHITECTURE|NUMBER_OF_PROCESSORS)$/i,
]

/** The environment of a server: a home and a temporary folder of its own, nothing of the caller's but what is harmless. */
export function serverEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  {home, temp, given}: {readonly home: string; readonly temp: string; readonly given: Readonly<Record<string, string>>},
): Record<string, string> {
  const result: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && inherited.some(rule => rule.test(name))) result[name] = value
  }
  const folders = {
    HOME: home,
    USERPROFILE: home,
    APPDATA: home,
    LOCALAPPDATA: home,
    TMPDIR: temp,
    TEMP: temp,
    TMP: temp,
  }
  return {...result, ...folders, ...given}
}

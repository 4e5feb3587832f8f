import type {Environment} from './inputs'

/**
 * The variables that programs need to start and that compilers, package managers and container tools read their settings
 * from. A list of what is secret would never be complete, because any name may hold a credential; this one may be added to.
 */
const passed: readonly RegExp[] = [
  // The machine and its user.
  /^(PATH|HOME|USER|LOGNAME|SHELL|PWD|LANG|LANGUAGE|LC_\w+|TZ|TERM|NO_COLOR|FORCE_COLOR|TMPDIR|TEMP|TMP|CI|DEBIAN_FRONTEND)$/i,
  /^(XDG_\w+|LD_LIBRARY_PATH|DYLD_\w+|ImageOS|ImageVersion|INIT_CWD)$/,
  /^(SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|PROGRAMFILES.*|COMMONPROGRAMFILES.*|PROGRAMDATA|PUBLIC|OS|NUMBER_OF_PROCESSORS)$/i,
  /^(PROCESSOR_\w+|USERNAME|USERPROFILE|APPDATA|LOCALAPPDATA|HOMEDRIVE|HOMEPATH|COMPUTERNAME|VCTOOLS\w+|VSINSTALLDIR)$/i,
  // The runner: https://docs.github.com/en/actions/reference/workflows-and-actions/variables
  /^(GITHUB|RUNNER|AGENT)_\w+$/,
  // The way to the network.
  /^((HTTPS?|ALL|NO|FTP)_PROXY|SSL_CERT_FILE|SSL_CERT_DIR|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|AWS_CA_BUNDLE)$/i,
  // Compilers and builds.
  /^(SOURCE_DATE_EPOCH|CC|CXX|AR|AS|LD|NM|RANLIB|STRIP|OBJCOPY|CFLAGS|CXXFLAGS|CPPFLAGS|LDFLAGS|MAKEFLAGS|CPATH|LIBRARY_PATH)$/,
  /^(PKG_CONFIG\w*|CMAKE_\w+|MACOSX_DEPLOYMENT_TARGET|SDKROOT|DEVELOPER_DIR|JAVA_HOME\w*|OPENSSL_\w+|PROTOC\w*|ZIG_\w+)$/,
  /^(GO[A-Z0-9_]*|CGO_\w+|CARGO\w*|RUST\w*|CROSS_\w+|VERGEN_\w+)$/,
  /^(npm_(config|lifecycle|package|node|command|execpath)\w*|NODE|NODE_\w+|NVM_\w+|FNM_\w+|VOLTA_HOME|COREPACK_\w+|YARN_\w+|PNPM_\w+|BUN_\w+|HUSKY|TS_NODE_\w+)$/i,
  /^(PIP_\w+|PIPX_\w+|PYTHON\w*|pythonLocation|PYENV\w*|UV_\w+|VIRTUAL_ENV|CONDA_\w+|HATCH_\w+|PDM_\w+|POETRY_\w+|PBR_\w+|SETUPTOOLS_\w+|MATURIN_\w+|CIBW_\w+)$/,
  /^GIT_(CONFIG_(GLOBAL|SYSTEM|NOSYSTEM)|(AUTHOR|COMMITTER)_(NAME|EMAIL|DATE)|CEILING_DIRECTORIES|TERMINAL_PROMPT|SSL_CAINFO)$/,
  // Containers.
  /^(DOCKER_\w+|BUILDX_\w+|BUILDKIT_\w+|CONTAINERS?_\w+|REGISTRY_AUTH_FILE|STORAGE_\w+)$/,
  // Tools that the suite itself starts.
  /^(MCP_RELEASE_\w+|SIGSTORE_\w+|TUF_\w+|COSIGN_\w+|SYFT_\w+)$/,
]

// What belongs to the action alone, and credentials among the settings of the tools above.
const withheld: readonly RegExp[] = [
  /^GITHUB_(OUTPUT|ENV|PATH|STATE|STEP_SUMMARY)$/,
  /^MCP_RELEASE_PASS$/,
  /(^|_)(TOKENS?|PASS|PASSWORD|PASSWD|PASSPHRASE|PWD|SECRETS?|CREDENTIALS?|APIKEY|AUTH|PAT|COOKIE|LOGIN)(_|$)/i,
  /(PRIVATE|SECRET|ACCESS|API|SIGNING)_?KEY/i,
  // `npm_config_//registry/:_authToken` and what else npm takes there.
  /auth(token)?$/i,
]
const known = new Set(['PWD', 'REGISTRY_AUTH_FILE'])

/**
 * The environment for a program that is not ours: what programs need to start and to find their settings, and the
 * variables that the user names in MCP_RELEASE_PASS, separated by commas or blanks. What a program really needs otherwise
 * is given to it by name in `ExecOptions.env`.
 */
export function childEnvironment(
  env: Environment,
  extra: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const named = new Set((env['MCP_RELEASE_PASS'] ?? '').split(/[\s,]+/))
  const result: Record<string, string> = {}
  for (const [name, value] of Object.entries(env))
    if (value !== undefined && (named.has(name) || isPassed(name))) result[name] = value
  return {...result, ...extra}
}

function isPassed(name: string): boolean {
  if (known.has(name)) return true
  return passed.some(rule => rule.test(name)) && !withheld.some(rule => rule.test(name))
}

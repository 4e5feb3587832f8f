import {expect, test} from '@jest/globals'
import {childEnvironment} from './environment'
import {systemVariables} from './environment-names'
import {packageVariables} from './environment-packages'

test('a started program gets no inputs, runner tokens or credentials, except those given by name', () => {
  const env = {
    PATH: '/bin',
    HOME: '/home/x',
    GITHUB_SHA: 'abc',
    PIP_INDEX_URL: 'https://mirror.example/simple',
    INPUT_TOKEN: 's',
    GITHUB_TOKEN: 's',
    GH_TOKEN: 's',
    NODE_AUTH_TOKEN: 's',
    ACTIONS_ID_TOKEN_REQUEST_URL: 's',
    ACTIONS_RUNTIME_TOKEN: 's',
    AWS_SECRET_ACCESS_KEY: 's',
    COSIGN_PASSWORD: 's',
    COSIGN_PRIVATE_KEY: 's',
    GITHUB_OUTPUT: '/out',
    UNSET: undefined,
  }
  expect(childEnvironment(env, {COSIGN_PASSWORD: 'given'})).toEqual({
    PATH: '/bin',
    HOME: '/home/x',
    GITHUB_SHA: 'abc',
    PIP_INDEX_URL: 'https://mirror.example/simple',
    COSIGN_PASSWORD: 'given',
  })
})

// Names of the kind that a list of known secret names does not know.
test.each([
  'DATABASE_URL',
  'SENTRY_DSN',
  'MY_PAT',
  'DEPLOY_HOOK',
  'SLACK_WEBHOOK',
  'ENCRYPTION_SALT',
  'KUBECONFIG_DATA',
  'SSH_AUTH_SOCK',
  'GIT_ASKPASS',
  'GIT_CONFIG_VALUE_0',
  'AWS_ACCESS_KEY_ID',
  'AWS_SESSION',
  'GOOGLE_APPLICATION_CREDENTIALS',
  'CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE',
  'MONGO_CONNECTION_STRING',
  'CARGO_REGISTRY_TOKEN',
  'NPM_CONFIG__AUTH',
  'npm_config_//registry.example/:_authToken',
  'TWINE_USERNAME',
  'UV_PUBLISH_PASSWORD',
  'POETRY_PYPI_TOKEN_PYPI',
  'HATCH_INDEX_AUTH',
  'DOCKER_PASSWORD',
  'ACTIONS_CACHE_URL',
  'PGPASSFILE',
  'BW_SESSION',
  'MCP_RELEASE_PASS',
])('a started program does not get %s', name => {
  expect(childEnvironment({[name]: 'value'})).toEqual({})
})

// Behind the prefix of each tool: what people call their secrets.
const invented = `
  GOOGLE_SERVICE_ACCOUNT_JSON GOOGLE_SERVICE_ACCOUNT_KEY GOOGLE_SA_KEY GOOGLE_CREDS GODADDY_KEY GODADDY_SECRET GOCD_PAT GO_SIGNING_PEM
  GOTIFY_WEBHOOK GITHUB_APP_PEM GITHUB_DEPLOY_KEY GITHUB_PAT GITHUB_WEBHOOK GITHUB_APP_JSON GITHUB_SA GITHUB_DSN GITHUB_COOKIE
  GITHUB_HOOK_SALT GITHUB_OUTPUT GITHUB_ENV RUNNER_KEY RUNNER_JWT RUNNER_REGISTRATION AGENT_KEY AGENT_PEM npm_config_key NPM_CONFIG_KEY
  npm_config_cert npm_config_otp npm_config_pem npm_config__auth npm_config__password pnpm_config_key npm_package_config_key
  npm_config_//r.example/:_auth npm_config_//r.example/:keyfile YARN_NPM_AUTH_IDENT YARN_NPM_AUTH_TOKEN YARN_KEY BUN_AUTH_TOKEN BUN_KEY NODE_KEY
  NODE_PRE_GYP_DSN PIP_KEY PIP_CREDS UV_CREDS UV_PUBLISH_TOKEN UV_INDEX_ACME_PASSWORD UV_INDEX_ACME_USERNAME POETRY_HTTP_BASIC_ACME_PASSWORD
  PDM_PUBLISH_KEY HATCH_INDEX_CREDS PYTHON_SA CONDA_COOKIE CIBW_KEY MATURIN_PYPI_PEM CARGO_KEY CARGO_REGISTRIES_ACME_CREDS
  CARGO_REGISTRIES_ACME_TOKEN CARGO_REGISTRY_KEY CARGO_TARGET_KEY RUST_DSN CROSS_KEY VERGEN_KEY COSIGN_KEY COSIGN_PKCS11_PIN
  COSIGN_SIGNING_PEM SIGSTORE_ID_TOKEN SIGSTORE_KEY TUF_KEYS SYFT_REGISTRY_AUTH SYFT_KEY DOCKER_HUB_KEY DOCKER_AUTH_CONFIG
  DOCKER_CUSTOM_HEADERS DOCKERHUB_PAT BUILDX_BAKE_GIT_AUTH_HEADER BUILDKIT_TLS_PEM CONTAINER_KEY CONTAINERS_CREDS STORAGE_KEY
  STORAGE_CONNECTION OPENSSL_KEY CMAKE_KEY PKG_CONFIG_KEY PKG_CONFIG_PATH_KEY JAVA_HOME_KEY XDG_KEY ZIG_KEY MCP_RELEASE_KEY HUSKY_KEY
  VCTOOLS_KEY PROCESSOR_KEY PROGRAMFILES_KEY DYLD_KEY LC_KEY`

test.each(invented.trim().split(/\s+/))(
  'a started program does not get %s, which no tool documents as a setting',
  name => {
    expect(childEnvironment({[name]: 'value'})).toEqual({})
  },
)

const documented = {
  'https://docs.github.com/en/actions/reference/workflows-and-actions/variables':
    'CI GITHUB_ACTIONS GITHUB_REF GITHUB_REF_NAME GITHUB_REPOSITORY GITHUB_RUN_ID GITHUB_SERVER_URL GITHUB_SHA GITHUB_WORKSPACE RUNNER_ARCH RUNNER_OS RUNNER_TEMP RUNNER_TOOL_CACHE',
  'https://pkg.go.dev/cmd/go#hdr-Environment_variables':
    'GOPROXY GOPRIVATE GOFLAGS GOCACHE GOMODCACHE GOPATH GOOS GOARCH GOARM GOAMD64 GOSUMDB GONOSUMDB GOTOOLCHAIN GOWORK CGO_ENABLED CGO_CFLAGS GOROOT_1_26_X64',
  'https://doc.rust-lang.org/cargo/reference/environment-variables.html':
    'CARGO_HOME CARGO_TARGET_DIR CARGO_BUILD_TARGET CARGO_ENCODED_RUSTFLAGS CARGO_INCREMENTAL CARGO_NET_OFFLINE CARGO_PROFILE_RELEASE_LTO CARGO_REGISTRIES_ACME_INDEX CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER CARGO_TARGET_X86_64_PC_WINDOWS_MSVC_RUSTFLAGS CARGO_TARGET_AARCH64_APPLE_DARWIN_LINKER CARGO_TARGET_ARMV7_UNKNOWN_LINUX_GNUEABIHF_LINKER RUSTFLAGS RUSTUP_HOME RUSTUP_TOOLCHAIN',
  'https://docs.npmjs.com/cli/using-npm/config':
    'npm_config_registry NPM_CONFIG_REGISTRY npm_config_cache npm_config_userconfig npm_config_ignore_scripts npm_config_https_proxy npm_config_cafile npm_config_fetch_retries npm_config_@acme:registry npm_execpath',
  'https://nodejs.org/api/cli.html': 'NODE_OPTIONS NODE_EXTRA_CA_CERTS NODE_ENV NODE_PATH',
  'https://pip.pypa.io/en/stable/topics/configuration':
    'PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_FIND_LINKS PIP_CONFIG_FILE PIP_CONSTRAINT PIP_CERT PIP_CACHE_DIR PIP_NO_INDEX PIP_RETRIES PIP_TRUSTED_HOST',
  'https://docs.astral.sh/uv/reference/environment':
    'UV_DEFAULT_INDEX UV_INDEX UV_CACHE_DIR UV_FROZEN UV_NO_SYNC UV_OFFLINE UV_PYTHON UV_PYTHON_INSTALL_DIR UV_LINK_MODE UV_HTTP_TIMEOUT',
  'https://setuptools-scm.readthedocs.io/en/latest/overrides':
    'SETUPTOOLS_SCM_PRETEND_VERSION SETUPTOOLS_SCM_PRETEND_VERSION_FOR_MY_TOOL',
  'https://cibuildwheel.pypa.io/en/stable/options':
    'CIBW_BUILD CIBW_SKIP CIBW_BEFORE_ALL_LINUX CIBW_MANYLINUX_X86_64_IMAGE',
  'https://docs.docker.com/reference/cli/docker/#environment-variables':
    'DOCKER_HOST DOCKER_CONFIG DOCKER_CONTEXT DOCKER_CERT_PATH DOCKER_TLS_VERIFY DOCKER_BUILDKIT',
  'https://docs.docker.com/build/building/variables': 'BUILDX_BUILDER BUILDX_CONFIG BUILDKIT_HOST BUILDKIT_PROGRESS',
  'https://docs.podman.io/en/latest/markdown/podman.1.html':
    'REGISTRY_AUTH_FILE CONTAINERS_CONF CONTAINER_HOST STORAGE_DRIVER',
  'https://github.com/sigstore/cosign/blob/main/pkg/cosign/env/env.go':
    'COSIGN_EXPERIMENTAL COSIGN_REPOSITORY TUF_ROOT TUF_MIRROR TUF_ROOT_JSON SIGSTORE_ROOT_FILE',
  'what programs need':
    'PATH Path HOME TMPDIR TEMP SystemRoot ProgramFiles(x86) LD_LIBRARY_PATH XDG_RUNTIME_DIR PYENV_VERSION',
  'https://reproducible-builds.org/docs/source-date-epoch': 'SOURCE_DATE_EPOCH',
  'the way to the network': 'https_proxy HTTPS_PROXY no_proxy SSL_CERT_FILE REQUESTS_CA_BUNDLE',
}

test.each(
  Object.entries(documented).flatMap(([source, names]) => names.split(' ').map(name => [name, source] as const)),
)('a started program gets %s (%s)', name => {
  expect(childEnvironment({[name]: 'value'})).toEqual({[name]: 'value'})
})

test('the list names nothing that is called as credentials are', () => {
  const names = [...systemVariables, ...packageVariables].flatMap(group => group.names)
  const suspicious = names.filter(name =>
    /(?:^|_)(?:KEY|PEM|CREDS|JSON|SA|DSN|PAT|AUTH|COOKIE|WEBHOOK|TOKEN|SECRET|PASSWORD|OTP|PIN)(?:_|$)/i.test(name),
  )
  // Paths of files, paths of public keys, switches, and where packages of Python lie.
  expect(suspicious.filter(name => !/^p?npm_config_json$/.test(name)).sort()).toEqual([
    'COREPACK_ENABLE_AUTO_PIN',
    'REGISTRY_AUTH_FILE',
    'SIGSTORE_CT_LOG_PUBLIC_KEY_FILE',
    'SIGSTORE_REKOR_PUBLIC_KEY',
    'SYFT_FORMAT_JSON_LEGACY',
    'SYFT_FORMAT_JSON_PRETTY',
    'TUF_ROOT_JSON',
    'UV_PYTHON_DOWNLOADS_JSON_URL',
    'npm_package_json',
  ])
})

const login = 'https://user:secret@index.example/simple'
const open = 'https://index.example/simple'

// A private index is reached with the user and password in its address (https://pip.pypa.io/en/stable/topics/authentication).
test.each([
  ['PIP_INDEX_URL', '/usr/bin/python3.14', login],
  ['PIP_INDEX_URL', 'C:\\Python\\python.exe', login],
  ['PIP_INDEX_URL', '/venv/bin/pip', login],
  ['UV_INDEX', '/bin/uv', login],
  ['npm_config_registry', '/bin/node', login],
  ['YARN_NPM_REGISTRY_SERVER', '/bin/yarn', login],
  ['GOPROXY', '/usr/local/go/bin/go', login],
  ['https_proxy', '/bin/cargo', login],
  ['PIP_INDEX_URL', '/bin/cargo', open],
  ['PIP_INDEX_URL', '/bin/node', open],
  ['UV_INDEX', '/bin/docker', open],
  ['npm_config_registry', '/bin/go', open],
  ['GOPROXY', '/bin/npm', open],
  ['MCP_RELEASE_TOOL_MIRROR', '/bin/npm', open],
])('the login in %s for %s', (name, program, expected) => {
  expect(childEnvironment({[name]: login}, {}, program)).toEqual({[name]: expected})
})

test('every address of a list is without its login', () => {
  const env = {PIP_EXTRA_INDEX_URL: `${login} https://token@two.example/?a=b@c`}
  expect(childEnvironment(env, {}, '/bin/cargo')).toEqual({
    PIP_EXTRA_INDEX_URL: `${open} https://two.example/?a=b@c`,
  })
  expect(childEnvironment({...env, MCP_RELEASE_PASS: 'PIP_EXTRA_INDEX_URL'}, {}, '/bin/cargo')).toEqual({
    PIP_EXTRA_INDEX_URL: env.PIP_EXTRA_INDEX_URL,
  })
})

test('a user passes further variables by name', () => {
  const env = {MCP_RELEASE_PASS: 'LICENSE_SERVER, DATABASE_URL', LICENSE_SERVER: 'a', DATABASE_URL: 'b', OTHER: 'c'}
  expect(childEnvironment(env)).toEqual({LICENSE_SERVER: 'a', DATABASE_URL: 'b'})
})

import type {VariableGroup} from './environment-names'

const words = (text: string): readonly string[] => text.trim().split(/\s+/)
const prefixed = (prefix: string, text: string): readonly string[] => words(text).map(word => `${prefix}${word}`)

/** https://docs.npmjs.com/cli/using-npm/config without _auth, cert, key, otp, password and username. */
const npmSettings = `
  access all allow_directory allow_file allow_git allow_remote allow_same_version allow_scripts also audit audit_level before bin_links
  browser ca cache cache_max cache_min cafile call cidr color commit_hooks cpu depth description dev diff diff_dst_prefix
  diff_ignore_all_space diff_name_only diff_no_prefix diff_src_prefix diff_text diff_unified dry_run editor engine_strict expires
  fetch_retries fetch_retry_factor fetch_retry_maxtimeout fetch_retry_mintimeout fetch_timeout force foreground_scripts
  format_package_lock fund git git_tag_version global global_style globalconfig heading https_proxy if_present ignore_scripts include
  include_attestations include_staged include_workspace_root install_links install_strategy json legacy_bundling legacy_peer_deps libc
  link local_address local_prefix location lockfile_version loglevel logs_dir logs_max long maxsockets message min_release_age name
  node_gyp node_options node_version noproxy npm_version offline omit omit_lockfile_registry_resolved only optional os pack_destination
  package package_lock package_lock_only parseable prefer_dedupe prefer_offline prefer_online prefix preid production progress
  provenance provenance_file proxy read_only rebuild_bundle registry replace_registry_host save save_bundle save_dev save_exact
  save_optional save_peer save_prefix save_prod sbom_format sbom_type scope script_shell searchexclude searchlimit searchopts
  searchstaleness shell shrinkwrap sign_git_commit sign_git_tag strict_peer_deps strict_ssl tag tag_version_prefix timing umask unicode
  update_notifier usage user_agent userconfig version versions viewer which workspace workspaces workspaces_update yes`

/** https://pnpm.io/settings, and what node-gyp and prebuild-install read: https://github.com/nodejs/node-gyp#command-options */
const relatedSettings = `
  arch auto_install_peers build_from_source cache_dir child_concurrency devdir dir disturl enable_pre_post_scripts frozen_lockfile hoist
  hoist_pattern ignore_workspace jobs link_workspace_packages lockfile manage_package_manager_versions minimum_release_age modules_dir
  msvs_version network_concurrency node_linker nodedir package_import_method package_manager_strict platform prefer_frozen_lockfile
  public_hoist_pattern python recursive_install runtime shamefully_hoist side_effects_cache state_dir store_dir
  strict_peer_dependencies target target_arch target_libc target_platform unsafe_perm use_node_version verify_store_integrity
  virtual_store_dir`

const javascript: readonly VariableGroup[] = [
  {
    // npm takes its settings in any case.
    names: [
      ...prefixed('npm_config_', npmSettings + relatedSettings),
      ...prefixed('pnpm_config_', npmSettings + relatedSettings),
    ],
    patterns: [
      /^npm_config_@[\w.-]+:registry$/i,
      /^npm_config_init[._](?:author[._](?:email|name|url)|license|module|private|type|version)$/i,
      /^npm_config_\w+_binary_host(?:_mirror)?$/i,
    ],
    anyCase: true,
    readers: /^(?:node|npm|npx|pnpm|pnpx|yarn|yarnpkg|bun|bunx|corepack)$/,
  },
  {
    // https://docs.npmjs.com/cli/using-npm/scripts#environment, https://nodejs.org/api/cli.html#environment-variables_1
    names: [
      ...words(`
        npm_command npm_execpath npm_lifecycle_event npm_lifecycle_script npm_node_execpath npm_package_json npm_package_name
        npm_package_version NODE UV_THREADPOOL_SIZE UV_USE_IO_URING HUSKY PNPM_HOME VOLTA_HOME NVM_BIN NVM_CD_FLAGS NVM_DIR NVM_INC
        NVM_NODEJS_ORG_MIRROR FNM_ARCH FNM_COREPACK_ENABLED FNM_DIR FNM_LOGLEVEL FNM_MULTISHELL_PATH FNM_NODE_DIST_MIRROR
        FNM_RESOLVE_ENGINES FNM_VERSION_FILE_STRATEGY`),
      ...prefixed(
        'NODE_',
        `COMPILE_CACHE COMPILE_CACHE_PORTABLE DEBUG DEBUG_NATIVE DISABLE_COLORS DISABLE_COMPILE_CACHE ENV EXTRA_CA_CERTS GYP_FORCE_PYTHON
        ICU_DATA NO_WARNINGS OPTIONS PATH PENDING_DEPRECATION PRESERVE_SYMLINKS PRESERVE_SYMLINKS_MAIN REDIRECT_WARNINGS
        SKIP_PLATFORM_CHECK TEST_CONTEXT TLS_REJECT_UNAUTHORIZED USE_ENV_PROXY USE_SYSTEM_CA V8_COVERAGE VERSION`,
      ),
      // https://typestrong.org/ts-node/docs/options
      ...prefixed(
        'TS_NODE_',
        `COMPILER COMPILER_OPTIONS CWD DEBUG EMIT FILES HISTORY IGNORE IGNORE_DIAGNOSTICS LOG_ERROR PREFER_TS_EXTS PRETTY PROJECT
        SCOPE SCOPE_DIR SKIP_IGNORE SKIP_PROJECT TRANSPILE_ONLY TYPE_CHECK`,
      ),
    ],
  },
  {
    // https://github.com/nodejs/corepack#environment-variables, https://yarnpkg.com/configuration/yarnrc, https://bun.com/docs/runtime/env#configuring-bun
    names: [
      ...prefixed(
        'COREPACK_',
        `DEFAULT_TO_LATEST ENABLE_AUTO_PIN ENABLE_DOWNLOAD_PROMPT ENABLE_NETWORK ENABLE_PROJECT_SPEC ENABLE_STRICT
        ENABLE_UNSAFE_CUSTOM_URLS ENV_FILE HOME INTEGRITY_KEYS NPM_REGISTRY ROOT`,
      ),
      ...prefixed(
        'YARN_',
        `CACHE_FOLDER CHECKSUM_BEHAVIOR COMPRESSION_LEVEL ENABLE_COLORS ENABLE_CONSTRAINTS_CHECKS ENABLE_GLOBAL_CACHE ENABLE_HARDENED_MODE
        ENABLE_HYPERLINKS ENABLE_IMMUTABLE_CACHE ENABLE_IMMUTABLE_INSTALLS ENABLE_INLINE_BUILDS ENABLE_MESSAGE_NAMES ENABLE_MIRROR
        ENABLE_NETWORK ENABLE_OFFLINE_MODE ENABLE_PROGRESS_BARS ENABLE_SCRIPTS ENABLE_STRICT_SSL ENABLE_TELEMETRY ENABLE_TIMERS
        GLOBAL_FOLDER HTTPS_CA_FILE_PATH HTTPS_PROXY HTTP_PROXY HTTP_RETRY HTTP_TIMEOUT IGNORE_NODE IGNORE_PATH INSTALL_STATE_PATH
        LOCKFILE_FILENAME NETWORK_CONCURRENCY NM_HOISTING_LIMITS NM_MODE NODE_LINKER NPM_MINIMAL_AGE_GATE NPM_REGISTRY_SERVER
        PREFER_REUSE RC_FILENAME REGISTRY VIRTUAL_FOLDER`,
      ),
      ...prefixed(
        'BUN_',
        `CONFIG_MAX_HTTP_REQUESTS CONFIG_REGISTRY CONFIG_VERBOSE_FETCH INSTALL INSTALL_BIN INSTALL_CACHE_DIR INSTALL_GLOBAL_DIR OPTIONS
        RUNTIME_TRANSPILER_CACHE_PATH`,
      ),
    ],
    readers: /^(?:node|npm|npx|pnpm|pnpx|yarn|yarnpkg|bun|bunx|corepack)$/,
  },
]

const pythonReaders =
  /^(?:python[\d.]*|pypy[\d.]*|py|pip[\d.]*|pipx|uv|uvx|hatch|pdm|poetry|maturin|cibuildwheel|pyproject-build)$/

const python: readonly VariableGroup[] = [
  {
    names: [
      // The options of pip: https://pip.pypa.io/en/stable/topics/configuration/#environment-variables
      ...prefixed(
        'PIP_',
        `ABI ALL_RELEASES BREAK_SYSTEM_PACKAGES BUILD_CONSTRAINT BUILD_OPTION CACHE_DIR CERT CHECK_BUILD_DEPENDENCIES CLIENT_CERT COMPILE
        CONFIG_FILE CONFIG_SETTINGS CONSTRAINT DEBUG DEFAULT_TIMEOUT DEST DISABLE_PIP_VERSION_CHECK DRY_RUN EXISTS_ACTION
        EXTRA_INDEX_URL FIND_LINKS FORCE_REINSTALL FORMAT GLOBAL_OPTION IGNORE_INSTALLED IGNORE_REQUIRES_PYTHON IMPLEMENTATION
        INDEX_URL ISOLATED KEYRING_PROVIDER LOG LOG_FILE NO_BINARY NO_BUILD_ISOLATION NO_CACHE_DIR NO_CLEAN NO_COLOR NO_COMPILE
        NO_DEPENDENCIES NO_DEPS NO_INDEX NO_INPUT NO_PYTHON_VERSION_WARNING NO_USER NO_USE_PEP517 NO_WARN_CONFLICTS
        NO_WARN_SCRIPT_LOCATION ONLY_BINARY PATH PLATFORM PRE PREFER_BINARY PREFIX PROGRESS_BAR PROXY PYPI_URL PYTHON PYTHON_VERSION
        QUIET REPORT REQUIREMENT REQUIRE_HASHES REQUIRE_VENV REQUIRE_VIRTUALENV RESUME_RETRIES RETRIES ROOT ROOT_USER_ACTION SRC
        TARGET TIMEOUT TRUSTED_HOST UPGRADE UPGRADE_STRATEGY UPLOADED_PRIOR_TO USER USE_DEPRECATED USE_FEATURE USE_PEP517 VERBOSE
        WHEEL_DIR YES`,
      ),
      // https://docs.astral.sh/uv/reference/environment/
      ...prefixed(
        'UV_',
        `BREAK_SYSTEM_PACKAGES BUILD_CONSTRAINT CACHE_DIR COMPILE_BYTECODE COMPILE_BYTECODE_TIMEOUT CONCURRENT_BUILDS
        CONCURRENT_DOWNLOADS CONCURRENT_INSTALLS CONFIG_FILE CONSTRAINT DEFAULT_INDEX DEV DOWNLOAD_URL ENV_FILE EXCLUDE EXCLUDE_NEWER
        EXTRA_INDEX_URL FIND_LINKS FORK_STRATEGY FROZEN GIT_LFS HTTP_CONNECT_TIMEOUT HTTP_RETRIES HTTP_TIMEOUT INDEX INDEX_STRATEGY
        INDEX_URL INSECURE_HOST INSTALLER_GHE_BASE_URL INSTALLER_GITHUB_BASE_URL INSTALL_DIR INTERNAL__PARENT_INTERPRETER ISOLATED
        KEYRING_PROVIDER LIBC LINK_MODE LOCK_TIMEOUT LOCKED LOG_CONTEXT MANAGED_PYTHON NATIVE_TLS NO_BINARY NO_BINARY_PACKAGE NO_BUILD
        NO_BUILD_ISOLATION NO_BUILD_PACKAGE NO_CACHE NO_CONFIG NO_DEFAULT_GROUPS NO_DEV NO_EDITABLE NO_ENV_FILE NO_GITHUB_FAST_PATH
        NO_GROUP NO_INSTALLER_METADATA NO_INSTALL_LOCAL NO_INSTALL_PROJECT NO_INSTALL_WORKSPACE NO_MANAGED_PYTHON NO_MODIFY_PATH
        NO_PROGRESS NO_PROJECT NO_SOURCES NO_SOURCES_PACKAGE NO_SYNC NO_VERIFY_HASHES NO_WRAP OFFLINE OVERRIDE PRERELEASE PREVIEW
        PREVIEW_FEATURES PROJECT PROJECT_ENVIRONMENT PYPY_INSTALL_MIRROR PYTHON PYTHON_BIN_DIR PYTHON_CACHE_DIR
        PYTHON_CPYTHON_BUILD PYTHON_DOWNLOADS PYTHON_DOWNLOADS_JSON_URL PYTHON_GRAALPY_BUILD PYTHON_INSTALL_BIN PYTHON_INSTALL_DIR
        PYTHON_INSTALL_MIRROR PYTHON_INSTALL_REGISTRY PYTHON_PREFERENCE PYTHON_PYODIDE_BUILD PYTHON_PYPY_BUILD REQUEST_TIMEOUT
        REQUIRE_HASHES RESOLUTION SKIP_WHEEL_FILENAME_CHECK STACK_SIZE SYSTEM_CERTS SYSTEM_PYTHON TOOL_BIN_DIR TOOL_DIR TORCH_BACKEND
        UNMANAGED_INSTALL VENV_CLEAR VENV_RELOCATABLE VENV_SEED WORKING_DIR WORKING_DIRECTORY DYNAMIC_VERSIONING_BYPASS`,
      ),
      // https://pdm-project.org/latest/usage/config, https://python-poetry.org/docs/configuration
      ...prefixed(
        'PDM_',
        `BUILD_ISOLATION BUILD_SCM_VERSION CACHE_DIR CHECK_UPDATE CONFIG_FILE FROZEN_LOCKFILE HOME IGNORE_ACTIVE_VENV IGNORE_SAVED_PYTHON
        LOCKFILE NON_INTERACTIVE NO_BINARY NO_CACHE ONLY_BINARY OVERRIDE PREFER_BINARY PROJECT PYPI_URL PYPI_VERIFY_SSL PYTHON
        REQUEST_TIMEOUT RESOLVE_OVERRIDES USE_UV USE_VENV`,
      ),
      ...prefixed(
        'POETRY_',
        `CACHE_DIR CONFIG_DIR DATA_DIR DYNAMIC_VERSIONING_BYPASS HOME INSTALLER_MAX_WORKERS INSTALLER_NO_BINARY INSTALLER_ONLY_BINARY
        INSTALLER_PARALLEL INSTALLER_RE_RESOLVE NO_INTERACTION REQUESTS_MAX_RETRIES REQUESTS_TIMEOUT SOLVER_LAZY_WHEEL
        SYSTEM_GIT_CLIENT VIRTUALENVS_CREATE VIRTUALENVS_IN_PROJECT VIRTUALENVS_PATH VIRTUALENVS_USE_POETRY_PYTHON`,
      ),
    ],
    readers: pythonReaders,
  },
  {
    // https://docs.python.org/3/using/cmdline.html#environment-variables, and what actions/setup-python sets
    names: [
      ...prefixed(
        'PYTHON',
        `ASYNCIODEBUG BREAKPOINT CASEOK COERCECLOCALE DEBUG DEVMODE DONTWRITEBYTECODE EXECUTABLE FAULTHANDLER HASHSEED HOME INSPECT
        INTMAXSTRDIGITS IOENCODING LEGACYWINDOWSFSENCODING LEGACYWINDOWSSTDIO MALLOC MALLOCSTATS NODEBUGRANGES NOUSERSITE OPTIMIZE
        PATH PERFSUPPORT PLATLIBDIR PROFILEIMPORTTIME PYCACHEPREFIX SAFEPATH STARTUP TRACEMALLOC UNBUFFERED USERBASE UTF8 VERBOSE
        WARNDEFAULTENCODING WARNINGS _BASIC_REPL _COLORS _CONFIGURE_OPTS _CPU_COUNT _DISABLE_REMOTE_DEBUG _FROZEN_MODULES _GIL
        _HISTORY _JIT _PERF_JIT_SUPPORT`,
      ),
      ...words(`
        pythonLocation Python_ROOT_DIR Python2_ROOT_DIR Python3_ROOT_DIR PYENV_DIR PYENV_HOOK_PATH PYENV_ROOT PYENV_SHELL PYENV_VERSION
        VIRTUAL_ENV VIRTUAL_ENV_PROMPT PBR_VERSION`),
      ...prefixed(
        'PIPX_',
        `BIN_DIR DEFAULT_BACKEND DEFAULT_PYTHON FETCH_MISSING_PYTHON GLOBAL_BIN_DIR GLOBAL_HOME GLOBAL_MAN_DIR HOME MAN_DIR SHARED_LIBS
        USE_EMOJI`,
      ),
      ...prefixed(
        'CONDA_',
        `DEFAULT_ENV ENVS_DIRS ENVS_PATH EXE OVERRIDE_CUDA OVERRIDE_GLIBC OVERRIDE_LINUX OVERRIDE_OSX PKGS_DIRS PREFIX PROMPT_MODIFIER
        PYTHON_EXE SHLVL SUBDIR`,
      ),
      // https://hatch.pypa.io/latest/config/build/#environment-variables
      ...prefixed(
        'HATCH_',
        `BUILD_CLEAN BUILD_CLEAN_HOOKS_AFTER BUILD_HOOKS_ENABLE BUILD_HOOKS_ONLY BUILD_LOCATION BUILD_NO_HOOKS CACHE_DIR CONFIG DATA_DIR
        ENV ENV_ACTIVE INTERACTIVE METADATA_CLASSIFIERS_NO_VERIFY PYTHON QUIET VERBOSE`,
      ),
      // https://setuptools-scm.readthedocs.io/en/latest/overrides, https://www.maturin.rs/environment-variables
      ...prefixed(
        'SETUPTOOLS_',
        'ENABLE_FEATURES EXT_SUFFIX SCM_DEBUG SCM_HG_COMMAND SCM_IGNORE_VCS_ROOTS SCM_PRETEND_METADATA SCM_PRETEND_VERSION USE_DISTUTILS',
      ),
      ...prefixed('MATURIN_', 'EMSCRIPTEN_VERSION NO_INSTALL_RUST PEP517_ARGS PEP517_USE_BASE_PYTHON'),
    ],
    patterns: [
      /^HATCH_BUILD_HOOK_ENABLE_[A-Z0-9_]+$/,
      /^SETUPTOOLS_SCM_(?:PRETEND_VERSION|PRETEND_METADATA|OVERRIDES)_FOR_[A-Z0-9_]+$/,
      // https://cibuildwheel.pypa.io/en/stable/options
      /^CIBW_(?:ALLOW_EMPTY|ARCHS|BEFORE_(?:ALL|BUILD|TEST)|BUILD(?:_FRONTEND|_VERBOSITY)?|CACHE_PATH|CONFIG_(?:FILE|SETTINGS)|CONTAINER_ENGINE|DEBUG_(?:KEEP_CONTAINER|TRACEBACK)|DEPENDENCY_VERSIONS|ENABLE|ENVIRONMENT(?:_PASS)?|(?:MANY|MUSL)LINUX_[A-Z0-9_]+_IMAGE|PLATFORM|PROJECT_REQUIRES_PYTHON|REPAIR_WHEEL_COMMAND|SKIP|TEST_(?:COMMAND|ENVIRONMENT|EXTRAS|GROUPS|REQUIRES|RUNTIME|SKIP|SOURCES)|XBUILD_(?:FILES|TOOLS))(?:_(?:ANDROID|IOS|LINUX|MACOS|PYODIDE|WINDOWS))?$/i,
    ],
  },
]

/** What the package managers of JavaScript and Python document. */
export const packageVariables: readonly VariableGroup[] = [...javascript, ...python]

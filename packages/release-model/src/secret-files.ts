import {secretContent} from './secret-content'

const names: readonly RegExp[] = [
  /^\.env$/,
  /^\.env\.(?!(?:example|sample|template|dist|defaults?|schema)$)/,
  /^\.(?:netrc|pypirc|git-credentials|htpasswd|pgpass|dockercfg)$/,
  /^_netrc$/,
  /^id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$/,
  /\.(?:p12|pfx|jks|keystore|ppk)$/i,
  // What mcp-publisher leaves in the working folder (https://github.com/modelcontextprotocol/registry, cmd/publisher).
  /^\.mcpregistry_\w+$/,
  // What google-github-actions/auth writes into the workspace.
  /^gha-creds-[0-9a-f]+\.json$/,
  /^application_default_credentials\.json$/,
]

// Folders and files of tools that keep credentials in them, by the end of the path.
const places: readonly RegExp[] = [
  /(?:^|\/)\.aws\/credentials$/,
  /(?:^|\/)\.azure\/(?:accessTokens\.json|azureProfile\.json|msal_token_cache\.\w+|service_principal_entries\.\w+)$/,
  /(?:^|\/)\.kube\/config$/,
  /(?:^|\/)\.docker\/config\.json$/,
  /(?:^|\/)\.cargo\/credentials(?:\.toml)?$/,
  /(?:^|\/)\.claude\/(?:settings\.local\.json|\.credentials\.json)$/,
  /(?:^|\/)\.claude\.json$/,
]

// Configurations of MCP clients, whose servers get tokens as variables and headers.
const clientConfigs =
  /(?:^|\/)(?:\.mcp\.json|mcp\.json|claude_desktop_config\.json|mcp_config\.json|mcp_settings\.json|cline_mcp_settings\.json|settings\.json)$/

const keyFile = /\.(?:pem|key|asc)$/i
const testFolder = /(?:^|\/)(?:tests?|__tests__|fixtures?|testdata)\//i

/** A file of a package that looks like a secret. */
export interface SecretFile {
  readonly name: string
  readonly reason: string
  /** Among tests a key is most often a made-up one; elsewhere it must not be published. */
  readonly amongTests: boolean
}

/** The files that must not be published, by name or by content: environment files, private keys, tokens and stored credentials. */
export function secretFiles(
  files: readonly {readonly name: string; readonly content: Uint8Array}[],
): readonly SecretFile[] {
  return files.flatMap(({name, content}) => {
    const reason = reasonOf(name, content)
    return reason === undefined ? [] : [{name, reason, amongTests: testFolder.test(name)}]
  })
}

/** Whether a file is one of credentials by its name, or may be one by its content; names have `/`. */
export function secretByName(name: string): 'certain' | 'possible' | undefined {
  const base = name.slice(name.lastIndexOf('/') + 1)
  if (names.some(rule => rule.test(base)) || places.some(rule => rule.test(name))) return 'certain'
  return base === '.npmrc' || clientConfigs.test(name) || keyFile.test(base) ? 'possible' : undefined
}

function reasonOf(name: string, content: Uint8Array): string | undefined {
  const base = name.slice(name.lastIndexOf('/') + 1)
  if (secretByName(name) === 'certain') return 'is a file of credentials by its name'
  const text = () => Buffer.from(content).toString('latin1')
  if (base === '.npmrc' && /_(?:authToken|auth|password)\s*=\s*(?!\$\{)\S/.test(text())) return 'holds a credential'
  if (clientConfigs.test(name) && holdsClientSecret(text())) return 'holds a credential of an MCP client'
  if (keyFile.test(base) && /^-----BEGIN [A-Z ]*PRIVATE KEY/m.test(text())) return 'holds a private key'
  return secretContent(content)
}

// A variable or header of a server that is named like a secret and has a value of its own, not a place for one.
function holdsClientSecret(text: string): boolean {
  if (!/"(?:mcpServers|servers|context_servers)"\s*:/.test(text)) return false
  const named =
    /"[\w-]{0,60}(?:token|api[_-]?key|secret|passw(?:or)?d|authorization|credential)[\w-]{0,60}"\s*:\s*"((?:[^"\\]|\\.){12,})"/gi
  return [...text.matchAll(named)].some(([, value = '']) => {
    const own = value.replace(/^(?:Bearer|Basic|token)\s+/i, '')
    return (
      !/[${}<>]|\s|^%|your|example|xxx|\.\.\.|change|placeholder|dummy|insert|replace|here$/i.test(own) &&
      new Set(own).size >= 8
    )
  })
}

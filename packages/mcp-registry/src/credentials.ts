/** A key that proves the ownership of a domain. */
export interface DomainKey {
  /** `example.com`. */
  readonly domain: string
  /** PEM (PKCS #8 or SEC 1), or in hex the 32 bytes of an Ed25519 seed or the 48 bytes of a P-384 key. */
  readonly privateKey: string
}

/** How to log in to an MCP Registry (https://github.com/modelcontextprotocol/registry/tree/main/docs/reference/api). */
export type Credentials =
  /** The identity of the job; needs `id-token: write`. */
  | {
      readonly kind: 'github-oidc'
      readonly requestUrl: string | undefined
      readonly requestToken: string | undefined
    }
  /** A classic personal access token with `read:org`. */
  | {readonly kind: 'github-token'; readonly token: string}
  /** The public key is in a TXT record of the domain. */
  | ({readonly kind: 'dns'} & DomainKey)
  /** The public key is at /.well-known/mcp-registry-auth of the domain. */
  | ({readonly kind: 'http'} & DomainKey)
  /** Only for registries that allow everybody to publish below io.modelcontextprotocol.anonymous. */
  | {readonly kind: 'none'}

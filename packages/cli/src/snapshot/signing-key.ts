import {randomBytes} from 'node:crypto'
import {type Host, realHost} from '@mcp-release/action-kit'
import {ensureTool} from '@mcp-release/tools'
import {join} from 'node:path'

/** A key pair for one run; the private key stays in memory and in the environment of the signing step. */
export interface SigningKey {
  readonly privateKey: string
  readonly password: string
  readonly publicKey: string
  readonly cosign: string
}

/** Brings cosign and makes a key pair with it, in a private folder that is removed at once. */
export async function makeSigningKey(
  env: Readonly<Record<string, string>>,
  toolMirror: string | undefined,
): Promise<SigningKey> {
  const host: Host = realHost({...process.env, ...env})
  const cosign = await ensureTool('cosign', {host, options: toolMirror === undefined ? {} : {mirror: toolMirror}})
  const folder = await host.files.makeTemporary('signing-key')
  try {
    const password = randomBytes(24).toString('base64url')
    await host.exec([cosign.path, 'generate-key-pair'], {cwd: folder, quiet: true, env: {COSIGN_PASSWORD: password}})
    return {
      privateKey: await host.files.readText(join(folder, 'cosign.key')),
      publicKey: await host.files.readText(join(folder, 'cosign.pub')),
      password,
      cosign: cosign.path,
    }
  } finally {
    await host.files.remove(folder)
  }
}

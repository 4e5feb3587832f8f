import {randomBytes} from 'node:crypto'
import {join} from 'node:path'
import {type Host, toolError} from '@mcp-release/action-kit'
import type {EnsuredTool} from '@mcp-release/tools'
import type {Signer} from './signer'

/**
 * Makes a key pair for this run alone: the private half is read into memory and its file removed before anything is
 * signed, so afterwards only the public half exists.
 */
export async function makeKey(host: Host, cosign: EnsuredTool): Promise<Signer & {readonly kind: 'key'}> {
  const folder = await host.files.makeTemporary('cosign-key')
  try {
    const password = randomBytes(24).toString('base64url')
    host.maskSecret(password)
    const argv = [cosign.path, 'generate-key-pair']
    const result = await host.exec(argv, {cwd: folder, quiet: true, check: false, env: {COSIGN_PASSWORD: password}})
    if (result.exitCode !== 0) throw toolError(argv, result)
    const key = await host.files.readText(join(folder, 'cosign.key'))
    host.maskSecret(key)
    return {
      kind: 'key',
      reference: 'env://COSIGN_PRIVATE_KEY',
      env: {COSIGN_PASSWORD: password, COSIGN_PRIVATE_KEY: key},
    }
  } finally {
    await host.files.remove(folder)
  }
}

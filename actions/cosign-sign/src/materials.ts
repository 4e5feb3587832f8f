import {join} from 'node:path'
import {ActionError, type ExecOptions, type Host, quoted, toolError} from '@mcp-release/action-kit'
import type {EnsuredTool} from '@mcp-release/tools'
import type {Inputs} from './inputs'
import type {Materials} from './plan'

/** cosign, as one worker of this action starts it. */
export interface Cosign {
  readonly tool: EnsuredTool
  /** A folder of its own for what cosign fetches of Sigstore's root: cosign does not lock it. */
  readonly tufRoot: string
}

// What `cosign signing-config create` and `trusted-root create` print without arguments: no service, nobody trusted.
const noServices = {
  mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
  rekorTlogConfig: {},
  tsaConfig: {},
}
const noRoot = {mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1'}

/** Starts cosign without showing its output among that of other workers; the command itself is shown. */
export function runCosign(host: Host, {tool, tufRoot}: Cosign, args: readonly string[], options: ExecOptions = {}) {
  host.info(`$ cosign ${args.map(quoted).join(' ')}`)
  const env = {...options.env, TUF_ROOT: tufRoot}
  return host.exec([tool.path, ...args], {...options, env, quiet: true, check: false})
}

/** Writes the files that cosign needs besides the ones that it signs. */
export async function prepareMaterials(
  host: Host,
  inputs: Inputs,
  {cosign, folder}: {readonly cosign: Cosign; readonly folder: string},
): Promise<Materials> {
  if (inputs.signer.kind === 'keyless') return inputs.log ? {} : servicesWithoutLog(host, cosign, folder)
  const publicKey = join(folder, 'cosign.pub')
  await host.files.write(publicKey, await readPublicKey(host, inputs.signer, cosign))
  if (inputs.log) return {publicKey}
  const signingConfig = join(folder, 'signing-config.json')
  const trustedRoot = join(folder, 'trusted-root.json')
  await host.files.write(signingConfig, JSON.stringify(noServices))
  await host.files.write(trustedRoot, JSON.stringify(noRoot))
  return {publicKey, signingConfig, trustedRoot}
}

async function readPublicKey(
  host: Host,
  {reference, env}: Inputs['signer'] & {readonly kind: 'key'},
  cosign: Cosign,
): Promise<string> {
  const args = ['public-key', '--key', reference]
  const result = await runCosign(host, cosign, args, {env})
  if (result.exitCode === 0 && result.stdout.startsWith('-----BEGIN PUBLIC KEY-----')) return result.stdout
  const wrongPassword = result.stderr.includes('decryption failed')
  throw new ActionError('KEY', `key: ${toolError(['cosign', ...args], result).message}`, {
    hint: wrongPassword
      ? 'key-password is not the password of this key.'
      : 'The key must be one that `cosign generate-key-pair` or `cosign import-key-pair` made, or a reachable key service.',
  })
}

async function servicesWithoutLog(host: Host, cosign: Cosign, folder: string): Promise<Materials> {
  const signingConfig = join(folder, 'signing-config.json')
  const args = ['signing-config', 'create', '--with-default-services', '--no-default-rekor', '--out', signingConfig]
  const result = await runCosign(host, cosign, args)
  if (result.exitCode === 0) return {signingConfig}
  throw new ActionError('SIGN', toolError(['cosign', ...args], result).message, {
    hint: "Sigstore's root could not be read; if it is away for the moment, run the job again.",
  })
}

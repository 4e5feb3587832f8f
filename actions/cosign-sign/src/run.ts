import {join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import type {EnsuredTool} from '@mcp-release/tools'
import {type ExpectedSigner, keylessSigner} from './expected-signer'
import type {Run} from './identity'
import type {Inputs} from './inputs'
import {inLanes, makeVerifiers} from './lanes'
import {prepareMaterials} from './materials'
import {keepPublished} from './published'
import {type Signature, signFile} from './sign-file'
import type {Wait} from './retry'

/** What became of all files, in their order, and who signs in this run. */
export interface Signed {
  readonly signatures: readonly Signature[]
  readonly signer: ExpectedSigner
}

/** Signs all files, a few at a time, but those whose published signatures are good. */
export async function run(
  host: Host,
  inputs: Inputs,
  {tool, run: current, wait}: {readonly tool: EnsuredTool; readonly run: Run; readonly wait?: Wait},
): Promise<Signed> {
  const folder = await host.files.makeTemporary('cosign')
  try {
    const materials = await prepareMaterials(host, inputs, {cosign: {tool, tufRoot: join(folder, 'root')}, folder})
    const {publicKey} = materials
    const verifiers = makeVerifiers(tool, folder, {
      log: inputs.log,
      ...(publicKey === undefined ? {} : {publicKey}),
      ...(wait === undefined ? {} : {wait}),
    })
    const {published, files} = inputs
    const kept =
      published === undefined
        ? new Map<string, Signature>()
        : await keepPublished(host, published, {...inputs, folder, verifiers, run: current})
    const signatures = await inLanes(
      files,
      verifiers,
      async (file, verifier) =>
        kept.get(file) ?? signFile(host, file, {inputs, materials, verifier, run: current, folder}),
    )
    const pem = publicKey === undefined ? undefined : await host.files.readText(publicKey)
    if (inputs.publicKey !== undefined && pem !== undefined) await host.files.write(inputs.publicKey, pem)
    return {signatures, signer: pem === undefined ? keylessSigner(current) : {kind: 'key', publicKey: pem}}
  } finally {
    await host.files.remove(folder)
  }
}

import {basename} from 'node:path'
import {type OutputsOf, markdownTable, quoted} from '@mcp-release/action-kit'
import type {contract} from './action.gen'
import {formatSigner} from './expected-signer'
import {expectationOf} from './identity'
import type {Inputs} from './inputs'
import {type Expectation, bundlePath, verifyCommand} from './plan'
import type {Signed} from './run'
import type {Signature} from './sign-file'

/** What of the inputs users must know. */
type UserInputs = Pick<Inputs, 'log' | 'publicKey' | 'directory'>

/** The command that a user types to verify a file that was downloaded together with its bundle. */
export function userCommand(inputs: UserInputs, {signer}: Pick<Signature, 'signer'>, name: string): string {
  const publicKey = basename(inputs.publicKey ?? 'cosign.pub')
  const who: Expectation = signer === undefined ? {kind: 'key', publicKey} : expectationOf(signer)
  const args = verifyCommand(inputs, who, {file: name, bundle: bundlePath(name, {})})
  return ['cosign', ...args].map(quoted).join(' ')
}

/** What the action tells later steps. */
export function outputsOf(
  inputs: UserInputs,
  {signatures, signer: expected}: Signed,
  cosignVersion: string,
): OutputsOf<typeof contract> {
  const signer = signatures[0]?.signer
  return {
    bundles: JSON.stringify(Object.fromEntries(signatures.map(({file}) => [file, bundlePath(file, inputs)]))),
    identity: signer?.identity ?? '',
    issuer: signer?.issuer ?? '',
    signer: formatSigner(expected),
    'verify-command': userCommand(inputs, signer === undefined ? {} : {signer}, 'FILE'),
    'cosign-version': cosignVersion,
  }
}

/** What people see: who signed what, and how to check it. */
export function summaryOf(inputs: Inputs, signatures: readonly Signature[]): string {
  const rows = signatures.map(({file, sha256, kept}) => [
    basename(file),
    sha256,
    kept ? 'kept' : inputs.verify ? 'signed, verified' : 'signed',
  ])
  const commands = signatures.map(each => userCommand(inputs, each, basename(each.file)))
  const signer = signatures[0]?.signer
  const who =
    signer === undefined
      ? 'Signed with a key.'
      : `Signed by \`${signer.identity}\`, vouched for by \`${signer.issuer}\`.`
  return [
    `## Signatures\n\n${who}\n\n${markdownTable(['file', 'sha256', 'signature'], rows)}`,
    `Anybody verifies a file with the bundle beside it (cosign 3):\n\n\`\`\`sh\n${commands.join('\n')}\n\`\`\`\n`,
  ].join('\n')
}

import {basename, join} from 'node:path'
import {ActionError, type Host} from '@mcp-release/action-kit'
import type {EnsuredTool} from '@mcp-release/tools'
import type {Identity} from './certificate'
import {checkBundle} from './check'
import {type Run, earlierProblems, identityProblems} from './identity'
import type {VerifyInputs} from './inputs'
import {inLanes, makeVerifiers} from './lanes'
import {bundlePath} from './plan'
import type {Signed} from './run'
import type {Wait} from './retry'

/** Proves that each file has a signature of the expected signer; one error names all that have not. */
export async function verifyAll(
  host: Host,
  inputs: VerifyInputs,
  {tool, run: current, wait}: {readonly tool: EnsuredTool; readonly run: Run; readonly wait?: Wait},
): Promise<Signed> {
  const {files, signer, published, log} = inputs
  const folder = await host.files.makeTemporary('cosign')
  try {
    const publicKey = join(folder, 'cosign.pub')
    if (signer.kind === 'key') await host.files.write(publicKey, signer.publicKey)
    const verifiers = makeVerifiers(tool, folder, {
      log,
      ...(signer.kind === 'key' ? {publicKey} : {}),
      ...(wait === undefined ? {} : {wait}),
    })
    const run: Run = signer.kind === 'key' ? current : {...current, identity: signer.identity, issuer: signer.issuer}
    const problemsOf = (found: Identity) =>
      published === undefined ? identityProblems(found, run) : earlierProblems(found, run, published)
    const refused: string[] = []
    const signatures = await inLanes(files, verifiers, async (file, verifier) => {
      const sha256 = await host.files.sha256(file)
      const bundle = bundlePath(file, inputs)
      const checked = await checkBundle(host, {file, sha256, bundle}, {verifier, problemsOf})
      if ('problems' in checked) {
        refused.push(...checked.problems.map(problem => `- ${basename(bundle)}: ${problem}`))
        return []
      }
      host.info(`${basename(file)}: verified`)
      return [{file, sha256, kept: true, ...(checked.bundle.signer && {signer: checked.bundle.signer})}]
    })
    if (refused.length > 0) throw notOurs(refused)
    return {signatures: signatures.flat(), signer}
  } finally {
    await host.files.remove(folder)
  }
}

function notOurs(refused: readonly string[]): ActionError {
  return new ActionError('VERIFY', `these are not the signatures of \`signer\`:\n${[...refused].sort().join('\n')}`, {
    hint: 'Do not publish the files. Run the job that signs again, and hand over what it wrote.',
  })
}

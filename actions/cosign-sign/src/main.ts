import {ActionError, type Host, type InputsOf, type OutputsOf, errorText} from '@mcp-release/action-kit'
import {jobClaims, patience} from '@mcp-release/github'
import {type EnsuredTool, ensureTool} from '@mcp-release/tools'
import type {contract} from './action.gen'
import {type Claims, currentRun} from './identity'
import {refine, refineVerify} from './inputs'
import {makeKey} from './new-key'
import {outputsOf, summaryOf} from './outputs'
import {run} from './run'
import {noToken} from './sign-file'
import type {Signer} from './signer'
import {verifyAll} from './verify'

type Raw = InputsOf<typeof contract>
type Outputs = OutputsOf<typeof contract>

/** Signs files and verifies what was signed, or only verifies. */
export async function main(raw: Raw, host: Host): Promise<Outputs> {
  return raw.mode === 'verify' ? verify(raw, host) : sign(raw, host)
}

async function sign(raw: Raw, host: Host): Promise<Outputs> {
  const refined = await refine(raw, host)
  const tool = await cosign(raw, host)
  const signer = refined.signer.kind === 'new' ? await makeKey(host, tool) : refined.signer
  const inputs = {...refined, signer}
  const current = currentRun(host.env, await claimsOf(host, signer))
  const signed = await host.group(`Sign ${inputs.files.length} files`, () => run(host, inputs, {tool, run: current}))
  await host.summary(summaryOf(inputs, signed.signatures))
  return outputsOf(inputs, signed, tool.version)
}

async function verify(raw: Raw, host: Host): Promise<Outputs> {
  const inputs = await refineVerify(raw, host)
  const tool = await cosign(raw, host)
  const context = {tool, run: currentRun(host.env)}
  const verified = await host.group(`Verify ${inputs.files.length} files`, () => verifyAll(host, inputs, context))
  return outputsOf(inputs, verified, tool.version)
}

async function cosign({toolMirror}: Raw, host: Host): Promise<EnsuredTool> {
  const tool = await ensureTool('cosign', {host, options: toolMirror === undefined ? {} : {mirror: toolMirror}})
  host.info(`cosign ${tool.version} (${tool.source}): ${tool.path}`)
  return tool
}

// Whom a new certificate will name: the called workflow stands in the token alone.
async function claimsOf(host: Host, signer: Signer): Promise<Claims> {
  if (signer.kind !== 'keyless') return {}
  const {ACTIONS_ID_TOKEN_REQUEST_URL: url = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: token = ''} = signer.env
  const tell = {warn: (line: string) => host.warning(line), mask: (secret: string) => host.maskSecret(secret)}
  try {
    return await jobClaims({url, token, audience: 'sigstore'}, patience, tell)
  } catch (error) {
    throw new ActionError('SIGN', errorText(error).split('\n')[0] ?? '', {hint: noToken, cause: error})
  }
}

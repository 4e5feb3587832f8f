import type {Host, InputsOf, OutputsOf} from '@mcp-release/action-kit'
import {ensureTool} from '@mcp-release/tools'
import type {contract} from './action.gen'
import {refine} from './inputs'
import {makeKey} from './new-key'
import {outputsOf, summaryOf} from './outputs'
import {run} from './run'

/** Signs files and verifies what was signed. */
export async function main(raw: InputsOf<typeof contract>, host: Host): Promise<OutputsOf<typeof contract>> {
  const refined = await refine(raw, host)
  const options = raw.toolMirror === undefined ? {} : {mirror: raw.toolMirror}
  const tool = await ensureTool('cosign', {host, options})
  host.info(`cosign ${tool.version} (${tool.source}): ${tool.path}`)
  const signer = refined.signer.kind === 'new' ? await makeKey(host, tool) : refined.signer
  const inputs = {...refined, signer}
  const signatures = await host.group(`Sign ${inputs.files.length} files`, () => run(host, inputs, {tool}))
  await host.summary(summaryOf(inputs, signatures))
  return outputsOf(inputs, signatures, tool.version)
}

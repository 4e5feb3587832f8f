import {type Host, type InputsOf, type OutputsOf, ActionError} from '@mcp-release/action-kit'
import {releaseFiles, withoutLeftOut} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import {compare, wronglyLeftOut} from './compare'
import {gatherFacts, readPlan} from './facts'
import {composeManifest} from './compose'
import {writeRecords} from './records'

/** Compares the files of a release with its plan; at stage `complete` also writes the manifest and the checksums. */
export async function main(inputs: InputsOf<typeof contract>, host: Host): Promise<OutputsOf<typeof contract>> {
  const planned = await readPlan(host, inputs)
  const facts = await gatherFacts(host, inputs)
  const plan = withoutLeftOut(planned, facts.leftOut)
  const problems = [...wronglyLeftOut(planned, facts), ...compare(plan, facts, inputs.stage)]
  if (problems.length > 0) {
    throw new ActionError('INCOMPLETE', problems.map(problem => `- ${problem}`).join('\n'), {
      hint: 'Nothing was published. Look at the build job that should have made the file; it says why it did not. If the sources changed since the plan, plan again.',
    })
  }
  const names = facts.files.map(file => file.name)
  for (const {name, reason} of facts.leftOut) host.notice(`${name} is left out: ${reason}`)
  host.info(`${names.length} files are as planned`)
  if (inputs.stage === 'built') return {manifest: '', checksums: '', files: names.join('\n')}
  return writeRecords(host, {directory: facts.directory, manifest: composeManifest(plan, facts), names: releaseFiles})
}

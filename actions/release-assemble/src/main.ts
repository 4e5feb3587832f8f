import {type Host, type InputsOf, type OutputsOf, ActionError} from '@mcp-release/action-kit'
import {releaseFiles} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import {compare} from './compare'
import {gatherFacts, readPlan} from './facts'
import {composeManifest} from './compose'
import {writeRecords} from './records'

/** Compares the files of a release with its plan; at stage `complete` also writes the manifest and the checksums. */
export async function main(inputs: InputsOf<typeof contract>, host: Host): Promise<OutputsOf<typeof contract>> {
  const plan = await readPlan(host, inputs)
  const facts = await gatherFacts(host, inputs)
  const problems = compare(plan, facts, inputs.stage)
  if (problems.length > 0) {
    throw new ActionError('INCOMPLETE', problems.map(problem => `- ${problem}`).join('\n'), {
      hint: 'Nothing was published. Mend the build that makes the file, or run release-plan again if the package changed.',
    })
  }
  const names = facts.files.map(file => file.name)
  host.info(`${names.length} files are as planned`)
  if (inputs.stage === 'built') return {manifest: '', checksums: '', files: names.join('\n')}
  return writeRecords(host, {directory: facts.directory, manifest: composeManifest(plan, facts), names: releaseFiles})
}

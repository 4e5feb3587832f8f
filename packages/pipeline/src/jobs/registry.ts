import {contracts} from '../contracts.gen'
import {job} from '../job'
import {step} from '../step'
import {all, differs, equals, input, join} from '../value'
import {assembleJob, assembled} from './assemble'
import {planFile, planJob} from './plan'
import {releaseJob} from './release'

/** Registers the servers once what they consist of is public. */
export const registryJob = job({
  id: 'registry',
  timeoutMinutes: 30,
  permissions: [
    {
      scope: 'id-token',
      access: 'write',
      why: "to log in to the MCP Registry; no code of the user's runs in this job",
    },
  ],
  runs: 'no',
  when: all(differs(input('mcp-registry'), ''), input('publish'), equals(planJob.output('server-json'), 'true')),
  receives: [planJob, assembleJob, releaseJob],
  steps: [
    step(
      contracts['release-assemble'],
      {plan: planFile, stage: 'unchanged', directory: assembled.files, sha256: assembleJob.output('sha256')},
      {title: 'compare what is registered'},
    ),
    step(
      contracts['mcp-publish'],
      {'server-json': join(assembled.files, '/server.json'), registry: input('mcp-registry')},
      {title: 'publish server.json'},
    ),
  ],
  outputs: {},
})

import {contracts} from '../contracts.gen'
import {handedOver, job} from '../job'
import {step} from '../step'
import {equals} from '../value'
import {buildJob} from './build'
import {planFile, planJob} from './plan'

/** Makes MCP bundles of what was built. */
export const bundleJob = job({
  id: 'bundle',
  timeoutMinutes: 30,
  permissions: [
    {
      scope: 'contents',
      access: 'read',
      why: 'to check out the repository, whose manifest and lock files bundles are made by',
    },
  ],
  runs: 'dependencies are installed',
  when: equals(planJob.output('bundles'), 'true'),
  checkout: 'commit',
  toolchains: [{name: 'python'}, {name: 'node'}],
  receives: [planJob, buildJob],
  steps: [
    step(
      contracts['mcpb-bundle'],
      {
        plan: planFile,
        files: handedOver('built-*/files/*'),
        'output-directory': handedOver('built-bundles/files'),
        fragment: handedOver('built-bundles/fragment.json'),
        'source-date': planJob.output('source-date'),
      },
      {title: 'make MCP bundles'},
    ),
  ],
  handover: {name: 'built-bundles', proof: 'plan'},
  outputs: {},
})

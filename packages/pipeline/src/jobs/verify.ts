import {contracts} from '../contracts.gen'
import {handedOver, job, namedById} from '../job'
import {step} from '../step'
import {all, equals, join, matrix, when} from '../value'
import {planFile, planJob} from './plan'
import {sealJob, sealed} from './seal'

const own = namedById('verified-')

/** Starts the sealed files on each platform; only reports leave the job. */
export const verifyJob = job({
  id: 'verify',
  timeoutMinutes: 60,
  permissions: [
    {
      scope: 'contents',
      access: 'read',
      why: "to check out the repository, for its lock files; the user's servers are started here",
    },
  ],
  runs: 'yes: the servers are started; only a report leaves the job',
  matrix: planJob.output('verify-matrix'),
  checkout: 'commit',
  toolchains: [{name: 'python'}, {name: 'node'}],
  receives: [planJob, sealJob],
  steps: [
    step(
      contracts['mcp-verify'],
      {
        plan: planFile,
        files: join(sealed.files, '/*'),
        version: planJob.output('version'),
        report: handedOver(own, '/verification.json'),
        tools: handedOver(own, '/tools.json'),
        compatibility: when(
          all(equals(planJob.output('compatibility'), 'true'), matrix('first')),
          handedOver(own, '/compatibility.json'),
        ),
      },
      {
        title: 'start every server over MCP',
        comment: 'The first of them tells what the servers offer, and what they work with.',
      },
    ),
  ],
  handover: {name: own, proof: 'plan'},
  outputs: {},
})

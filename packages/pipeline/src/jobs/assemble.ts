import {contracts} from '../contracts.gen'
import {handedOver, handovers, job} from '../job'
import {step} from '../step'
import {equals, input, join} from '../value'
import {planFile, planJob} from './plan'
import {sealJob, sealed} from './seal'
import {verifyJob} from './verify'

/** What the job hands over: all files of the release but the signatures, its notes, and what was found when files were started. */
export const assembled = {
  files: handedOver('assembled/files'),
  notes: handedOver('assembled/notes.md'),
  verification: handedOver('assembled/verification.json'),
}

const sealedFiles = join(sealed.files, '/*')

const complete = step(
  contracts['release-assemble'],
  {
    plan: planFile,
    stage: 'complete',
    directory: assembled.files,
    sealed: sealed.files,
    seal: sealed.seal,
    sha256: sealJob.output('sha256'),
    verified: handovers,
    verification: assembled.verification,
    notes: assembled.notes,
  },
  {id: 'complete', title: 'manifest and checksums'},
)

/** Describes the files, and writes their digests down. */
export const assembleJob = job({
  id: 'assemble',
  comment: "Nothing of the user's runs here either: the files are described, and their digests written down.",
  timeoutMinutes: 30,
  permissions: [],
  runs: 'no',
  toolchains: [{name: 'python'}, {name: 'node'}],
  receives: [planJob, sealJob, verifyJob],
  steps: [
    step(
      contracts['syft-sbom'],
      {
        plan: planFile,
        files: sealedFiles,
        'output-directory': assembled.files,
        version: planJob.output('version'),
        'source-date': planJob.output('source-date'),
        'tool-mirror': input('tool-mirror'),
      },
      {title: 'list components (SPDX, CycloneDX)', beside: true},
    ),
    step(
      contracts['mcp-publish'],
      {
        'server-json': handedOver('release-plan/server.json'),
        files: sealedFiles,
        plan: planFile,
        output: join(assembled.files, '/server.json'),
        'dry-run': 'true',
      },
      {title: 'stamp server.json', when: equals(planJob.output('server-json'), 'true')},
    ),
    complete,
  ],
  handover: {name: 'assembled', proof: 'digest'},
  outputs: {sha256: complete.output('sha256')},
})

import {contracts} from '../contracts.gen'
import {handedOver, job} from '../job'
import {step} from '../step'
import {input, local, secret} from '../value'
import {assembleJob, assembled} from './assemble'
import {planFile, planJob} from './plan'

/** The folder of the signatures, and nothing else. */
export const signatures = handedOver('signatures/files')

const files = step(
  contracts['release-assemble'],
  {plan: planFile, stage: 'unchanged', directory: assembled.files, sha256: assembleJob.output('sha256')},
  {id: 'files', title: 'compare what is signed'},
)

/** Signs the files of the release, by their names. */
export const signJob = job({
  id: 'sign',
  timeoutMinutes: 30,
  permissions: [
    {scope: 'contents', access: 'read', why: 'to fetch signatures that are published already'},
    {scope: 'id-token', access: 'write', why: "keyless signatures; no code of the user's runs in this job"},
  ],
  runs: 'no',
  receives: [planJob, assembleJob],
  steps: [
    files,
    step(
      contracts['cosign-sign'],
      {
        files: files.output('subjects'),
        'output-directory': signatures,
        key: secret('cosign-key'),
        'key-password': secret('cosign-password'),
        'public-key': local('public-key'),
        // Of an earlier run of the same release.
        'published-tag': planJob.output('tag'),
        'published-commit': planJob.output('commit'),
        'read-token': local('token'),
        'tool-mirror': input('tool-mirror'),
      },
      {title: 'sign', comment: 'By name: nothing else that lies there is signed.'},
    ),
  ],
  handover: {name: 'signatures', proof: 'digest'},
  outputs: {},
})

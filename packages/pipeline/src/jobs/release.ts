import {contracts} from '../contracts.gen'
import {handedOver, job} from '../job'
import {step} from '../step'
import {differs, equals, input, local, not, when} from '../value'
import {assembleJob, assembled} from './assemble'
import {planFile, planJob} from './plan'
import {signJob, signatures} from './sign'

const files = step(
  contracts['release-assemble'],
  {
    plan: planFile,
    stage: 'unchanged',
    directory: assembled.files,
    sha256: assembleJob.output('sha256'),
    signatures,
  },
  {id: 'files', title: 'compare what is released'},
)

const changelog = planJob.output('changelog')

const release = step(
  contracts['gh-release'],
  {
    files: files.output('paths'),
    expect: files.output('files'),
    'tag-name': planJob.output('tag'),
    'body-path': assembled.notes,
    changelog: when(differs(changelog, ''), handedOver('release-plan/', changelog)),
    'generate-notes': equals(changelog, ''),
    'target-commitish': planJob.output('commit'),
    draft: not(input('publish')),
    'on-existing-asset': 'replace-in-draft',
    // A draft of an earlier run may hold what nobody verified in this one.
    'on-extra-asset': 'remove-from-draft',
    token: local('token'),
  },
  {id: 'release', title: 'release'},
)

/** Makes the release: a draft until all files are there, then public at once. */
export const releaseJob = job({
  id: 'release',
  timeoutMinutes: 60,
  permissions: [{scope: 'contents', access: 'write', why: 'to make the release'}],
  runs: 'no',
  receives: [planJob, assembleJob, signJob],
  steps: [files, release],
  outputs: {url: release.output('url')},
})

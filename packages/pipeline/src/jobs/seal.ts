import {contracts} from '../contracts.gen'
import {handedOver, handovers, job} from '../job'
import {step} from '../step'
import {buildJob} from './build'
import {bundleJob} from './bundle'
import {planFile, planJob} from './plan'

/** The folder of the sealed files, and their seal. */
export const sealed = {files: handedOver('sealed/files'), seal: handedOver('sealed/seal.json')}

const seal = step(
  contracts['release-assemble'],
  {
    plan: planFile,
    stage: 'sealed',
    handovers,
    directory: sealed.files,
    seal: sealed.seal,
  },
  {id: 'seal', title: 'seal the built files'},
)

/** Takes what was built, each job's own files alone, and measures it: from now on it is what it is. */
export const sealJob = job({
  id: 'seal',
  comment: "Nothing of the user's runs here: from now on the files are what they are.",
  timeoutMinutes: 15,
  permissions: [],
  runs: 'no',
  receives: [planJob, buildJob, bundleJob],
  steps: [seal],
  handover: {name: 'sealed', proof: 'digest'},
  outputs: {sha256: seal.output('sha256')},
})

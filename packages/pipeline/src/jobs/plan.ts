import {contracts} from '../contracts.gen'
import {handedOver, job} from '../job'
import {step} from '../step'
import {input, local, tag} from '../value'

const plan = step(
  contracts['release-plan'],
  {
    'working-directory': input('working-directory'),
    tag,
    packages: input('packages'),
    programs: input('programs'),
    'exclude-packages': input('exclude'),
    targets: input('targets'),
    image: input('image'),
    'image-platforms': input('image-platforms'),
    bundles: input('bundles'),
    'server-args': input('server-args'),
    'server-env': input('server-env'),
    executable: input('executable'),
    transport: input('transport'),
    'http-path': input('http-path'),
    network: input('network'),
    timeout: input('timeout'),
    'verify-on': input('verify-on'),
    isolation: input('isolation'),
    unverified: input('unverified'),
    strict: input('strict'),
    'changelog-section': input('changelog'),
    'python-versions': input('python-versions'),
    'node-versions': input('node-versions'),
    'sdk-versions': input('sdk-versions'),
    incompatible: input('incompatible'),
    // The workflow's runners have all of them.
    toolchains: local('toolchains'),
    output: handedOver('release-plan/release-plan.json'),
    copies: handedOver('release-plan'),
  },
  {id: 'plan', title: 'plan'},
)

/** Decides everything; what it says is what every later job does. */
export const planJob = job({
  id: 'plan',
  timeoutMinutes: 10,
  permissions: [{scope: 'contents', access: 'read', why: 'to check out the repository'}],
  runs: 'no',
  checkout: 'commit',
  receives: [],
  steps: [plan],
  handover: {name: 'release-plan', proof: 'digest'},
  outputs: {
    matrix: plan.output('matrix'),
    'verify-matrix': plan.output('verify-matrix'),
    commit: plan.output('commit'),
    tag: plan.output('tag'),
    version: plan.output('version'),
    'source-date': plan.output('source-date'),
    bundles: plan.output('bundles'),
    'server-json': plan.output('server-json'),
    compatibility: plan.output('compatibility'),
    changelog: plan.output('changelog-copy'),
  },
})

/** The path of release-plan.json, in every job. */
export const planFile = handedOver('release-plan/release-plan.json')

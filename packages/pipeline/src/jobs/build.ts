import {contracts} from '../contracts.gen'
import {handedOver, job, namedById} from '../job'
import {fromMatrix, step} from '../step'
import {equals, matrix} from '../value'
import {planFile, planJob} from './plan'

const own = namedById('built-')
const common = {
  'output-directory': handedOver(own, '/files'),
  fragment: handedOver(own, '/fragment.json'),
  'source-date': planJob.output('source-date'),
}
const isAction = (name: string) => equals(matrix('action'), name)

const {
  'build-wheel': wheel,
  'build-npm': npm,
  'cross-compile': binaries,
  'buildx-image': image,
  'mcp-verify': verify,
} = contracts

/** Builds each package in a job of its own. */
export const buildJob = job({
  id: 'build',
  timeoutMinutes: 60,
  permissions: [
    {
      scope: 'contents',
      access: 'read',
      why: "to check out the repository; the user's code runs here, so there is nothing else to take",
    },
  ],
  runs: 'yes',
  matrix: planJob.output('matrix'),
  checkout: 'history',
  toolchains: [
    {name: 'python', when: equals(matrix('toolchain'), 'python')},
    {name: 'node', when: equals(matrix('toolchain'), 'node')},
    {name: 'go', when: equals(matrix('toolchain'), 'go')},
  ],
  receives: [planJob],
  steps: [
    step(
      wheel,
      {...fromMatrix(wheel, ['working-directory', 'version', 'package']), ...common},
      {title: 'build wheel', when: isAction('build-wheel')},
    ),
    step(
      npm,
      {...fromMatrix(npm, ['working-directory', 'version', 'package']), ...common},
      {title: 'build npm', when: isAction('build-npm')},
    ),
    step(
      binaries,
      {
        ...fromMatrix(binaries, [
          'working-directory',
          'version',
          'package',
          'language',
          'targets',
          'binary',
          'main',
          'commit',
          'tag',
          'ldflags',
          'build-tags',
          'features',
          'default-features',
          'archive-names',
          'wrap-in-directory',
        ]),
        ...common,
      },
      {title: 'cross compile', when: isAction('cross-compile')},
    ),
    step(
      image,
      {
        ...fromMatrix(image, [
          'working-directory',
          'version',
          'package',
          'containerfile',
          'context',
          'platforms',
          'archive',
        ]),
        ...common,
      },
      {title: 'buildx image', when: isAction('buildx-image')},
    ),
  ],
  handover: {name: own, proof: 'plan'},
  afterwards: [
    step(
      verify,
      {plan: planFile, files: handedOver(own, '/files/*'), version: planJob.output('version')},
      {
        title: 'start what runs here',
        when: matrix('verify'),
        comment:
          'A server that does not start is found here, while its other platforms are still compiled; its files are handed over before, so that it cannot touch them.',
      },
    ),
  ],
  outputs: {},
})

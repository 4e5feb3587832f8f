import {expect, test} from '@jest/globals'
import {contracts} from './contracts.gen'
import {planFile, planJob} from './jobs/plan'
import {fromMatrix, step} from './step'
import {input, secret} from './value'

const {'cosign-sign': sign, 'release-assemble': assemble, 'gh-release': release} = contracts

// What is expected here is checked by `npm run lint`, which checks types: each line is an error of its own kind.
test('wrong names and values do not compile', () => {
  const title = 'x'
  const steps = [
    // @ts-expect-error cosign-sign requires files
    step(sign, {key: secret('cosign-key')}, {title}),
    // @ts-expect-error an input that the action does not have
    step(sign, {files: 'a', keys: secret('cosign-key')}, {title}),
    // @ts-expect-error a stage that there is not
    step(assemble, {plan: planFile, stage: 'completed'}, {title}),
    // @ts-expect-error a truth value is true or false
    step(release, {files: 'a', draft: 'no'}, {title}),
    // @ts-expect-error a value of an enumeration that there is not
    step(release, {files: 'a', 'on-existing-asset': 'overwrite'}, {title}),
    // @ts-expect-error a secret that the workflow does not have
    step(sign, {files: 'a', key: secret('cosign-kee')}, {title}),
    // @ts-expect-error an input that the workflow does not have
    step(sign, {files: 'a', 'tool-mirror': input('mirror')}, {title}),
    // @ts-expect-error an output that the job does not have
    step(release, {files: 'a', 'tag-name': planJob.output('tags')}, {title}),
    // @ts-expect-error an input of the matrix that the action does not have
    step(contracts['build-npm'], fromMatrix(contracts['build-npm'], ['targets']), {title}),
  ]
  // @ts-expect-error an output that the action does not have
  expect(step(assemble, {plan: planFile}, {title, id: 'x'}).output('digest')).toMatchObject({name: 'digest'})
  expect(steps).toHaveLength(9)
})

test('the output of a step without an id cannot be read', () => {
  expect(() => step(assemble, {plan: planFile}, {title: 'x'}).output('sha256')).toThrow('needs an id')
})

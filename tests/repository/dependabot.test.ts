import {readFileSync} from 'node:fs'
import {expect, test} from '@jest/globals'
import {parse} from 'yaml'

interface Update {
  readonly 'package-ecosystem': string
  readonly cooldown?: {readonly 'default-days'?: number}
}

// https://docs.github.com/en/code-security/dependabot/working-with-dependabot/dependabot-options-reference#cooldown-
test('actions and npm packages are kept up to date, none younger than a week', () => {
  const {updates} = parse(readFileSync('.github/dependabot.yml', 'utf8')) as {readonly updates: readonly Update[]}
  expect(updates.map(each => each['package-ecosystem']).sort()).toEqual(['github-actions', 'npm'])
  for (const {cooldown} of updates) expect(cooldown?.['default-days'] ?? 0).toBeGreaterThanOrEqual(7)
})

import {expect, test} from '@jest/globals'
import {calledManagers, reachableScripts} from './called-managers'

test.each([
  ['tsc && pnpm run x', ['pnpm']],
  ['NODE_ENV=production yarn build', ['yarn']],
  ['cross-env CI=1 bun build a.ts; bunx tsc', ['bun']],
  ['concurrently "pnpm build:a" "npm run b"', ['pnpm', 'npm']],
  ['echo use yarn or bun', []],
  ['node bun.js', []],
])('%s calls %j', (script, expected) => {
  expect(calledManagers(script)).toEqual(expected)
})

test('the scripts that a build reaches', () => {
  const scripts = {
    ...{build: 'npm run compile && yarn copy', prebuild: 'run-s clean', compile: 'tsc', copy: 'x', clean: 'y'},
    ...{'build:docs': 'z', prepack: 'pnpm run build', test: 'bun test'},
  }
  expect(reachableScripts(scripts, ['prepack'])).toEqual(['prepack', 'prebuild', 'clean', 'build', 'compile', 'copy'])
})

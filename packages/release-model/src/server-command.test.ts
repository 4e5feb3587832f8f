import {expect, test} from '@jest/globals'
import {serverCommand} from './server-command'

test.each([
  [['demo-server', 'zzz'], 'demo_server', undefined, 'demo-server'],
  [['bin/tool', 'bin/demo.exe'], '@scope/demo', undefined, 'bin/demo.exe'],
  [['only'], 'demo', undefined, 'only'],
  [['b', 'a'], 'demo', undefined, 'a'],
  [['b', 'a'], 'a', 'b', 'b'],
  [['b', 'a'], 'a', 'c', undefined],
  [[], 'demo', undefined, undefined],
])('of %j in %s with the wish %s, %s is the server', (commands, name, asked, chosen) => {
  expect(serverCommand(commands, {name, asked})).toBe(chosen)
})

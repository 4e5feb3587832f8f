import {expect, test} from '@jest/globals'
import {registryCommand} from './registry-command'

const of = (line: string) => {
  const [command = '', ...args] = line.split(' ')
  return registryCommand({command, args})
}

// https://docs.npmjs.com/cli/commands/npx, https://docs.astral.sh/uv/guides/tools/, https://pnpm.io/cli/dlx, https://bun.sh/docs/cli/bunx
test.each([
  'npx -y demo@latest',
  'npx.cmd -y demo',
  '/usr/local/bin/npx demo',
  'npm exec demo',
  'npm x -- demo',
  'bunx demo',
  'bun x demo',
  'pnpm dlx demo',
  'yarn dlx demo',
  'uvx demo',
  'uv tool run demo',
  'uv run --with demo demo',
  'uv --quiet run --with-requirements requirements.txt server.py',
  'uv --directory ${__dirname} run --with mcp server.py',
  'pipx run demo',
  'python -m pip install demo',
  'docker run -i --rm ghcr.io/o/demo',
  'podman run demo',
  'deno run -A npm:demo',
  'go run example.com/demo@latest',
  'cmd /c npx -y demo',
  'sh -c npx demo',
  'env KEY=1 npx demo',
])('%s fetches what it starts', line => {
  expect(of(line)).toBeDefined()
})

test.each([
  'node ${__dirname}/server/index.js',
  'uv run --directory ${__dirname} server/main.py',
  'uv run --project ${__dirname} --frozen server/main.py',
  'python3 ${__dirname}/server/main.py --with npx',
  '${__dirname}/server/demo run',
  'bash ${__dirname}/start.sh',
  'deno run -A ${__dirname}/main.ts',
])('%s starts what lies in the bundle', line => {
  expect(of(line)).toBeUndefined()
})

test('a shell that starts npx, and one system of several, are seen', () => {
  expect(registryCommand({command: 'sh', args: ['-c', 'cd /tmp && exec npx -y demo']})).toBeDefined()
  expect(registryCommand({command: 'node', args: ['a.js'], platform_overrides: {win32: {command: 'npx.cmd'}}})).toBe(
    'npx a.js',
  )
})

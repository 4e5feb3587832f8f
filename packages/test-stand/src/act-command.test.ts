import {expect, test} from '@jest/globals'
import {actCommand, actEnvironment} from './act-command'

test('steps inherit tools and mirrors of the machine, and no credential', () => {
  const env = actEnvironment(
    {
      PATH: '/usr/bin',
      HOME: '/home/o',
      PIP_INDEX_URL: 'http://mirror.invalid/simple',
      npm_config_registry: 'http://mirror.invalid/',
      GOPROXY: 'http://mirror.invalid/go',
      HTTPS_PROXY: 'http://proxy.invalid',
      GITHUB_TOKEN: 'secret',
      NODE_AUTH_TOKEN: 'secret',
      CARGO_REGISTRY_TOKEN: 'secret',
      UV_PUBLISH_PASSWORD: 'secret',
      COSIGN_PASSWORD: 'secret',
      NODE_OPTIONS: '--experimental-vm-modules',
      npm_config_local_prefix: '/home/o/project',
      ACTIONS_RUNTIME_TOKEN: 'secret',
    },
    '/checkout/.cache/bin',
  )
  expect(env['PATH']).toBe('/checkout/.cache/bin:/usr/bin')
  expect(Object.keys(env)).toEqual(
    expect.arrayContaining(['HOME', 'PIP_INDEX_URL', 'npm_config_registry', 'GOPROXY', 'HTTPS_PROXY']),
  )
  expect(Object.values(env)).not.toContain('secret')
  expect(Object.keys(env)).not.toContain('NODE_OPTIONS')
  expect(Object.keys(env)).not.toContain('npm_config_local_prefix')
})

test('the command maps every label and repository, and takes nothing from the network', () => {
  const argv = actCommand({
    act: '/bin/act',
    repository: '/r',
    workflow: '.github/workflows/release.yml',
    eventFile: '/e.json',
    cache: '/c',
    local: {'actions/checkout@abc': '/s/checkout'},
    env: {GITHUB_API_URL: 'http://127.0.0.1:1'},
    secrets: {GITHUB_TOKEN: 't'},
  })
  const pairs = argv.map((word, at) => `${word} ${argv[at + 1] ?? ''}`)
  expect(pairs).toEqual(
    expect.arrayContaining([
      '-C /r',
      '-e /e.json',
      '-P ubuntu-24.04=-self-hosted',
      '-P macos-15=-self-hosted',
      '--local-repository actions/checkout@abc=/s/checkout',
      '--env GITHUB_API_URL=http://127.0.0.1:1',
      '-s GITHUB_TOKEN=t',
    ]),
  )
  expect(argv).toEqual(expect.arrayContaining(['--no-skip-checkout', '--no-cache-server', '--json']))
})

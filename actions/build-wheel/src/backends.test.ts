import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, expect, test} from '@jest/globals'
import {type Host, realHost} from '@mcp-release/action-kit'
import {readZip} from '@mcp-release/archives'
import {main} from './main'

const slow = 300_000
const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, {recursive: true, force: true})
})

function machine(warnings: string[] = []): Host {
  const workspace = mkdtempSync(join(tmpdir(), 'build-wheel-'))
  folders.push(workspace, `${workspace}-temp`)
  const env = {...process.env, GITHUB_WORKSPACE: workspace, RUNNER_TEMP: `${workspace}-temp`, GITHUB_STEP_SUMMARY: ''}
  return {...realHost(env), warning: message => warnings.push(message)}
}

const inputs = {
  workingDirectory: '.',
  outputDirectory: 'built',
  version: 'v1.2.3-rc.1',
  sourceDate: 1_700_000_000,
  fragment: undefined,
  package: undefined,
}

const pyproject = (requires: string, backend: string, more = '') => `[build-system]
requires = ["${requires}"]
build-backend = "${backend}"
[project]
name = "tiny-server"
version = "1.2.3-rc.1"
description = "Tiny"
readme = "README.md"
requires-python = ">=3.10"
license = "MIT"
[project.scripts]
tiny-server = "tiny_server:main"
${more}`

async function write(host: Host, files: Readonly<Record<string, string>>): Promise<void> {
  const own = {'README.md': '# Tiny\n', 'tiny_server/__init__.py': 'def main():\n    print("hello")\n'}
  for (const [name, text] of Object.entries({...own, ...files})) await host.files.write(name, text)
}

// Newest of each in November 2026; hatchling and flit write metadata 2.5, hatchling keeps the spelling of the version.
test.each([
  ['hatchling==1.33.0', 'hatchling.build', '1.2.3-rc.1'],
  ['setuptools==84.2.1', 'setuptools.build_meta', '1.2.3rc1'],
  ['flit_core==4.2.0', 'flit_core.buildapi', '1.2.3rc1'],
  ['poetry-core==2.5.0', 'poetry.core.masonry.api', '1.2.3rc1'],
  ['pdm-backend==2.5.0', 'pdm.backend', '1.2.3rc1'],
  ['uv_build==0.13.6', 'uv_build', '1.2.3rc1'],
])(
  'a wheel of %s is accepted, without a warning',
  async (requires, backend, version) => {
    const warnings: string[] = []
    const host = machine(warnings)
    const flat = backend === 'uv_build' ? '[tool.uv.build-backend]\nmodule-root = ""\n' : ''
    await write(host, {'pyproject.toml': pyproject(requires, backend, flat)})
    const outputs = await main(inputs, host)
    expect(outputs).toMatchObject({wheel: 'built/tiny_server-1.2.3rc1-py3-none-any.whl', version})
    expect(warnings).toEqual([])
    expect(await host.files.list('.')).toEqual(
      expect.arrayContaining(['README.md', 'built', 'pyproject.toml', 'tiny_server']),
    )
    expect(await host.files.stat('build')).toBeUndefined()
  },
  slow,
)

// https://hatch.pypa.io/latest/config/build/#artifacts
test(
  'what hatchling takes into the wheel alone is told, because the wheel from the sdist lacks it',
  async () => {
    const warnings: string[] = []
    const host = machine(warnings)
    const own = '[tool.hatch.build.targets.wheel]\nartifacts = ["tiny_server/ui.js"]\n'
    await write(host, {
      'pyproject.toml': pyproject('hatchling==1.33.0', 'hatchling.build', own),
      '.gitignore': 'ui.js\n',
      'tiny_server/ui.js': 'export {}',
    })
    const {wheel} = await main(inputs, host)
    expect(readZip(await host.files.readBytes(wheel)).map(({name}) => name)).not.toContain('tiny_server/ui.js')
    expect(warnings).toEqual([
      expect.stringContaining(
        'is built from the sdist and lacks tiny_server/ui.js, which a wheel from the checkout has',
      ),
    ])
  },
  slow,
)

test(
  'all that PyPI and pip would refuse is told at once, before anything is in the output folder',
  async () => {
    const host = machine()
    const text = pyproject('hatchling==1.33.0', 'hatchling.build', 'gone = "tiny_server.cli:main"\n')
    await write(host, {
      'pyproject.toml': text
        .replace(
          'license = "MIT"',
          'classifiers = ["Private :: Do Not Upload"]\ndependencies = ["other @ git+https://example.org/other"]',
        )
        .concat('[tool.hatch.metadata]\nallow-direct-references = true\n'),
      'README.md': '# Tiny\n',
    })
    await expect(main(inputs, host)).rejects.toMatchObject({
      code: 'WHEEL',
      message: expect.stringMatching(
        /Private :: Do Not Upload[\s\S]*other @ git\+https:\/\/example.org\/other[\s\S]*the command gone calls tiny_server.cli:main, and the module tiny_server.cli is not in the wheel/,
      ),
    })
    expect(await host.files.stat('built')).toBeUndefined()
  },
  slow,
)

// maturin tags a wheel with the machine that built it unless auditwheel's rules were applied.
test(
  'a program of Rust in a wheel for this machine alone is refused',
  async () => {
    const host = machine()
    await write(host, {
      'pyproject.toml': pyproject('maturin==1.16.0', 'maturin', '[tool.maturin]\nbindings = "bin"\n').replace(
        /\[project.scripts\]\n.*\n/,
        '',
      ),
      'Cargo.toml': '[package]\nname = "tiny-server"\nversion = "1.2.3-rc.1"\nedition = "2021"\n[workspace]\n',
      'src/main.rs': 'fn main() { println!("hello") }\n',
    })
    await expect(main(inputs, host)).rejects.toMatchObject({
      code: 'WHEEL',
      message: expect.stringContaining('and for this machine alone: PyPI takes only manylinux and musllinux wheels'),
    })
  },
  slow,
)

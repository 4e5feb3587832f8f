// @ts-check
// SBOMs of published packages, judged by the checker of the NTIA's minimum elements and by SPDX's own validator, both from
// PyPI; CycloneDX documents by the same elements, read here. `npm run bench -- corpora:sboms`, against dist/syft-sbom.
import {execFileSync, spawnSync} from 'node:child_process'
import {existsSync, mkdirSync, readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'

const checkers = ['ntia-conformance-checker==6.0.0', 'spdx-tools==0.8.5']
const fromNpm = ['@modelcontextprotocol/server-everything@2025.9.25', 'express@5.1.0', 'is-odd@3.0.1']
const fromPypi = ['mcp==1.26.0', 'rich==14.1.0', 'docutils==0.21.2']

/**
 * @param {import('../../lib/bench-table.mjs').Bench} bench
 * @returns {Promise<{cases: number, wrong: number, listed: readonly string[]}>}
 */
export function run({root, scratch, env}) {
  const python = installCheckers(join(root, '.cache/bench-sboms'))
  const files = join(scratch, 'in')
  mkdirSync(files, {recursive: true})
  execFileSync('npm', ['pack', '--silent', ...fromNpm, '--pack-destination', files], {cwd: scratch, env, stdio: 'pipe'})
  const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary', ':all:', '--dest', files, ...fromPypi]
  execFileSync('python3', pip, {env, stdio: 'inherit'})
  const variables = {
    ...{INPUT_FILES: 'in/*', 'INPUT_OUTPUT-DIRECTORY': 'out', 'INPUT_SOURCE-DATE': '1700000000'},
    ...{
      GITHUB_WORKSPACE: scratch,
      RUNNER_TEMP: join(scratch, 'temp'),
      GITHUB_REPOSITORY: 'acme/demo',
      GITHUB_OUTPUT: '',
    },
    RUNNER_TOOL_CACHE: join(root, '.cache/tool-cache'),
  }
  mkdirSync(variables.RUNNER_TEMP)
  const action = join(root, 'dist/syft-sbom/index.js')
  execFileSync(process.execPath, [action], {env: {...env, ...variables}, stdio: ['ignore', 'ignore', 'inherit']})
  const documents = readdirSync(join(scratch, 'out')).map(name => join(scratch, 'out', name))
  const listed = documents.flatMap(path =>
    path.endsWith('.spdx.json') ? judgeSpdx(python, path) : judgeCycloneDx(path),
  )
  return Promise.resolve({cases: documents.length, wrong: listed.length, listed})
}

/** @param {string} folder */
function installCheckers(folder) {
  const bin = join(folder, 'bin')
  if (!existsSync(join(bin, 'ntia-checker'))) {
    execFileSync('python3', ['-m', 'venv', folder], {stdio: 'inherit'})
    execFileSync(join(bin, 'pip'), ['install', '--quiet', '--only-binary', ':all:', ...checkers], {stdio: 'inherit'})
  }
  return bin
}

/** @param {string} bin @param {string} path */
function judgeSpdx(bin, path) {
  const valid = spawnSync(join(bin, 'pyspdxtools'), ['--infile', path], {encoding: 'utf8'})
  const elements = spawnSync(join(bin, 'ntia-checker'), ['--file', path, '--verbose'], {encoding: 'utf8'})
  const missing = elements.stdout.split('\n').filter(line => /\| False$|^\w+ \(\d+\): /.test(line))
  return [
    ...(valid.status === 0 ? [] : [`${path}: ${valid.stderr.slice(0, 300)}`]),
    ...(/^Conformant: True/m.test(elements.stdout) ? [] : [`${path}: ${missing.join('; ')}`]),
  ]
}

// As sbomqs reads the elements: a name of supplier or manufacturer for each component, version, identifier, time, tool.
/** @param {string} path */
function judgeCycloneDx(path) {
  const {metadata, components = [], dependencies = []} = JSON.parse(readFileSync(path, 'utf8'))
  const lacks = [metadata.component, ...components].flatMap((/** @type {any} */ part) => [
    ...((part.supplier?.name ?? part.manufacturer?.name ?? '') === '' ? [`${part.name}: no supplier`] : []),
    ...((part.version ?? '') === '' ? [`${part.name}: no version`] : []),
    ...(part === metadata.component || part.purl !== undefined || part.cpe !== undefined
      ? []
      : [`${part.name}: no identifier`]),
  ])
  const whole = dependencies.length > 0 && metadata.timestamp !== undefined && metadata.tools !== undefined
  return [...lacks.map(each => `${path}: ${each}`), ...(whole ? [] : [`${path}: no dependencies, time or tool`])]
}

import type {ExecResult, Finding, Host} from '@mcp-release/action-kit'
import {refusals} from '@mcp-release/package-rules'
import type {PythonTools} from '@mcp-release/tools'
import {metadataQuestion} from './python-questions'

type Refusal = readonly [file: string, field: string, problem: string]

/** What PyPI would refuse when the files are uploaded, asked of its own libraries: in metadata, and a README that does not render. */
export async function pypiFindings(
  host: Host,
  tools: PythonTools,
  {metadata, paths}: {readonly metadata: Readonly<Record<string, string>>; readonly paths: readonly string[]},
): Promise<readonly Finding[]> {
  const argv = [tools.python, '-I', '-c', metadataQuestion]
  const {stdout} = await host.exec(argv, {input: JSON.stringify(metadata), quiet: true})
  const refusals = readRefusals(stdout)
  // twine reads the metadata as well, and would tell the same in other words.
  const rendering = refusals.some(each => levelOf(each) === 'error') ? [] : await checkRendering(host, tools, paths)
  return [...alike(refusals), ...rendering]
}

function readRefusals(stdout: string): readonly Refusal[] {
  const answer: unknown = JSON.parse(stdout)
  const rows: readonly unknown[] = Array.isArray(answer) ? answer : []
  return rows.filter(
    (row): row is Refusal => Array.isArray(row) && row.length === 3 && row.every(each => typeof each === 'string'),
  )
}

// Both files mostly carry the same metadata: what is wrong with it is told once.
function alike(refusals: readonly Refusal[]): readonly Finding[] {
  const files = new Map<string, {readonly refusal: Refusal; readonly names: string[]}>()
  for (const refusal of refusals) {
    const key = JSON.stringify(refusal.slice(1))
    const known = files.get(key) ?? {refusal, names: []}
    known.names.push(refusal[0])
    files.set(key, known)
  }
  return [...files.values()].map(({refusal, names}) => finding(names.join(', '), refusal))
}

function levelOf([, field]: Refusal): Finding['level'] {
  return field === 'unknown-classifier' ? 'warning' : 'error'
}

function finding(files: string, refusal: Refusal): Finding {
  const [, field, problem] = refusal
  const {says, remedy} = explained[field] ?? {
    says: `${field}: ${problem}, which PyPI refuses`,
    remedy: `Correct ${field} in pyproject.toml (https://packaging.python.org/en/latest/specifications/core-metadata/), or raise the build backend.`,
  }
  return {level: levelOf(refusal), text: `${files}: ${says.replaceAll('%', () => problem)}\n${remedy}`}
}

interface Explanation {
  /** `%` stands for the problem. */
  readonly says: string
  readonly remedy: string
}

const explained: Readonly<Record<string, Explanation>> = {
  ...refusals,
  version: {
    says: 'version: %, which PyPI refuses',
    remedy:
      'Release a version without the part behind +; one that comes from git tags has it when the commit is not tagged.',
  },
  private: {
    says: 'has the classifier %, with which PyPI refuses every upload',
    remedy: 'Remove it from classifiers in pyproject.toml, if the package is to be published.',
  },
  classifier: {
    says: 'has a classifier that PyPI refuses: %',
    remedy: 'Correct classifiers in pyproject.toml.',
  },
  'unknown-classifier': {
    says: 'has the classifier %, which is not in the list of PyPI that is known here',
    remedy: 'PyPI refuses what is not in its list: correct it, unless it is newer.',
  },
  'license-expression': {
    says: 'license: %, which PyPI refuses',
    remedy:
      'Raise the build backend in [build-system] requires (hatchling 1.27, setuptools 77, flit-core 3.12, poetry-core 2.2 or newer), and write license = "MIT" as an SPDX expression.',
  },
  license: {
    says: 'License %, which PyPI refuses',
    remedy: 'Keep license = "…", the SPDX expression, alone in [project] of pyproject.toml.',
  },
  'metadata-version': {
    says: 'metadata: %, which PyPI refuses',
    remedy: 'Take a build backend that writes metadata that PyPI knows, in [build-system] requires.',
  },
}

async function checkRendering(host: Host, tools: PythonTools, paths: readonly string[]): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const path of paths) {
    const argv = [tools.python, '-I', '-m', 'twine', '--no-color', 'check', path]
    const result = await host.exec(argv, {quiet: true, check: false, env: {COLUMNS: '1000', TERM: 'dumb'}})
    if (result.exitCode !== 0) findings.push(unrendered(path, result))
  }
  return findings
}

function unrendered(path: string, {stdout, stderr}: ExecResult): Finding {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
  const lines = `${stdout}\n${stderr}`.split(/\r?\n/).map(line => line.trim())
  const words = lines.filter(line => line !== '' && !line.startsWith('Checking ')).slice(0, 6)
  const remedy = 'Correct the README, or name it as what it is: readme = "README.md" in [project] of pyproject.toml.'
  return {
    level: 'error',
    text: `${name}: its description does not render, and PyPI refuses it:\n${words.join('\n')}\n${remedy}`,
  }
}

import table from './python-requirements.json' with {type: 'json'}

/** A wheel with all checksums under which it is accepted. */
export interface PythonRequirement {
  readonly name: string
  readonly version: string
  /** The environments that need it (PEP 508); all when missing. */
  readonly marker?: string
  readonly sha256: readonly string[]
}

/**
 * `uv`: uv;
 * `wheel`: build and twine with what they need, and the pip with which build installs what a project's build asks for;
 * `zig`: cargo-zigbuild and the Zig compiler.
 */
export type PythonSet = keyof typeof table

/** The pinned Python tools. */
export const pythonRequirements: Readonly<Record<PythonSet, readonly PythonRequirement[]>> = table

/** A requirements file for `pip install --require-hashes`. */
export function requirementsText(requirements: readonly PythonRequirement[]): string {
  return requirements
    .map(({name, version, marker, sha256}) => {
      const condition = marker === undefined ? '' : ` ; ${marker}`
      return [`${name}==${version}${condition}`, ...sha256.map(sum => `--hash=sha256:${sum}`)].join(' \\\n    ')
    })
    .map(entry => `${entry}\n`)
    .join('')
}

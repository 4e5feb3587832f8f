import type {BuiltPackage} from './built-package'
import {mcpNameProblem, packageNameProblem} from './mcp-name'
import {matching} from './match'
import {nameLabel} from './read-image'
import type {ServerJson} from './schema'

/**
 * What the registry would say of the packages once they are public: each must name the server, and npm must be allowed to
 * publish it. Checked against the built files, as long as they can still be changed.
 */
export function ownershipProblems(
  {name, packages = []}: ServerJson,
  built: readonly BuiltPackage[],
): readonly string[] {
  return packages.flatMap(entry =>
    matching(entry, built).flatMap(each => [
      ...(each.private === true ? [`${each.file}: package.json says "private": true; remove it`] : []),
      ...proofProblems(each, name).map(problem => `${each.file}: ${problem}`),
    ]),
  )
}

function proofProblems({proof}: BuiltPackage, name: string): readonly string[] {
  switch (proof.in) {
    case 'nothing':
      return []
    case 'package.json':
      return packageProblems(proof.name, name)
    case 'readme':
      return readmeProblems(proof, name)
    case 'labels':
      return labelProblems(proof.names, name)
  }
}

function packageProblems(given: string | undefined, name: string): readonly string[] {
  const problem = packageNameProblem(given, name)
  return problem === undefined ? [] : [`package.json ${problem}`]
}

function readmeProblems(
  proof: {readonly text: string; readonly withoutComments: boolean},
  name: string,
): readonly string[] {
  const problem = mcpNameProblem(proof.text, name, {hidesComments: proof.withoutComments})
  return problem === undefined ? [] : [`the readme that is packed ${problem}`]
}

function labelProblems(names: ReadonlyMap<string, string | undefined>, name: string): readonly string[] {
  const label = `LABEL ${nameLabel}=${JSON.stringify(name)}`
  // The registry resolves an index as a linux/amd64 machine does.
  const missing = names.has('linux/amd64')
    ? []
    : ['has no image for linux/amd64, which is the one that the registry reads']
  const wrong = [...names].filter(([, value]) => value !== name)
  return [
    ...missing,
    ...wrong.map(([platform, value]) =>
      value === undefined
        ? `the image for ${platform} has no label ${nameLabel}; add ${label} to the Containerfile`
        : `the image for ${platform} has the label ${nameLabel}=${JSON.stringify(value)}; it must be ${JSON.stringify(name)}`,
    ),
  ]
}

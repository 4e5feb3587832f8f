import type {PlanFinding} from '@mcp-release/release-model'
import {type Candidate, type Tree, fileNameOf, isBelow} from './detected'

// What npm packs of any package, whatever `files` says (https://docs.npmjs.com/cli/configuring-npm/package-json#files).
const always = /^(?:package\.json|readme(?:\..*)?|licen[cs]e(?:\..*)?|changelog(?:\..*)?|\.npmignore|\.gitignore)$/i

/** npm packages for one platform that hold no binary and have no script that could add it. */
export function emptyPlatformPackages(packages: readonly Candidate[], {files, texts}: Tree): readonly PlanFinding[] {
  return packages
    .filter(({only, path}) => only !== undefined && path !== '.')
    .filter(({path, manifest}) => {
      const own = files.filter(file => isBelow(file, path))
      return (
        own.every(file => always.test(fileNameOf(file))) &&
        !/"(?:build|prepare|prepack)"\s*:/.test(texts[manifest] ?? '')
      )
    })
    .map(({manifest, name, only}) => ({
      level: 'warning',
      subject: manifest,
      text: `holds nothing but package.json: whoever installs ${name} on ${[...(only?.os ?? []), ...(only?.cpu ?? [])].join(' ')} gets no program`,
      hint: 'Put the program into its folder before the release, or give it a script `prepack` that does.',
    }))
}

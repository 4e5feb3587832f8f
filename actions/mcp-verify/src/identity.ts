import {type StartablePackage, type StartableServer, packageFor} from '@mcp-release/mcp'
import {normalizedPythonName} from '@mcp-release/release-model'
import type {Candidate} from './candidate'

/** The entry of server.json that an artifact is: values of an entry are for the artifact of that entry alone. */
export function entryOf(server: StartableServer | undefined, {file, content}: Candidate): StartablePackage | undefined {
  if (server === undefined) return undefined
  const find = (registryTypes: readonly string[], is: (identifier: string) => boolean) =>
    packageFor(server, {registryTypes, is})
  switch (content.kind) {
    case 'wheel':
      return find(['pypi'], name => normalizedPythonName(name) === normalizedPythonName(content.name))
    case 'npm':
      return find(['npm'], name => name === content.name)
    case 'image': {
      // `ghcr.io/owner/demo:1.2.3` is in the file `demo_1.2.3_image.oci.tar`, unless the image is called otherwise.
      const images = server.packages.filter(({registryType}) => registryType === 'oci')
      return (
        find(['oci'], name => file.startsWith(`${imageName(name)}_`)) ?? (images.length === 1 ? images[0] : undefined)
      )
    }
    case 'executables':
      // It is downloaded as the bundle around it, or installed by cargo; what a container needs is not for it.
      return find(['mcpb', 'cargo'], name => /^https?:/.test(name) || name === content.name)
    case 'bundle':
      return find(['mcpb'], () => true)
    case 'sdist':
    case 'broken':
      return undefined
  }
}

function imageName(identifier: string): string {
  return identifier.replace(/[:@][^/]*$/, '').replace(/^.*\//, '')
}

import {dirname, join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import {normalizedPythonName} from '@mcp-release/release-model'

// What a package.json takes at most; what was installed can be anything by the time it is read.
const maximumBytes = 4 * 1024 * 1024

/**
 * The version of a package that an installed server will load; `undefined` when it is not there. `folder` is that of the
 * programs of a virtual environment, or that of an npm package. Nothing that was installed is started for it: each Python of
 * an environment runs what its `.pth` files say.
 */
export async function installedVersion(
  host: Host,
  {folder, runtime}: {readonly folder: string; readonly runtime: 'python' | 'node'},
  name: string,
): Promise<string | undefined> {
  if (runtime === 'python') return installedDistribution(host, dirname(folder), name)
  // As Node.js looks for modules: in each node_modules above.
  for (let above = folder; dirname(above) !== above; above = dirname(above)) {
    const manifest = join(above, 'node_modules', name, 'package.json')
    const found = await host.files.stat(manifest)
    if (found === undefined) continue
    if (found.kind !== 'file' || found.size > maximumBytes) return undefined
    return versionIn(await host.files.readText(manifest))
  }
  return undefined
}

function versionIn(manifest: string): string | undefined {
  try {
    const {version} = JSON.parse(manifest) as {readonly version?: unknown}
    return typeof version === 'string' ? version : undefined
  } catch {
    return undefined
  }
}

// By the folder that every installer writes: NAME-VERSION.dist-info
// (https://packaging.python.org/en/latest/specifications/recording-installed-packages/).
async function installedDistribution(host: Host, environment: string, name: string): Promise<string | undefined> {
  const libraries =
    host.platform.os === 'windows'
      ? [join(environment, 'Lib')]
      : (await host.files.list(join(environment, 'lib')).catch(() => [])).map(python =>
          join(environment, 'lib', python),
        )
  for (const library of libraries) {
    for (const entry of await host.files.list(join(library, 'site-packages')).catch(() => [])) {
      const [, distribution = '', version] = /^([^-]+)-([^-]+)\.dist-info$/.exec(entry) ?? []
      if (version !== undefined && normalizedPythonName(distribution) === normalizedPythonName(name)) return version
    }
  }
  return undefined
}

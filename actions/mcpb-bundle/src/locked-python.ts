import {dirname, join, relative, sep} from 'node:path'
import {ActionError, type Host, errorText} from '@mcp-release/action-kit'
import {
  constraintOf,
  isMember,
  lockDifferences,
  lockedNames,
  lockedReleases,
  pythonLockCommands,
  pythonLockFiles,
} from '@mcp-release/mcpb/locks'
import {textIfThere} from '@mcp-release/release-model'
import type {Wheel} from './wheel'

/**
 * The versions that a bundle's dependencies are held at: those of the lock file in the package's folder, or of the
 * uv.lock of a workspace around it that has the package as a member. None when there is no lock file. Throws an `ActionError` (`LOCK_FILE`) for one that does
 * not fit what the wheel requires.
 */
export async function lockedConstraints(host: Host, directory: string, wheel: Wheel): Promise<readonly string[]> {
  const found = await findLock(host, directory, wheel.metadata.name ?? '')
  if (found === undefined) return []
  const {name, folder, text} = found
  const file = shown(host, folder, name)
  const releases = read(file, () => lockedReleases(name, text))
  const differences = lockDifferences(releases, wheel.requirements, lockedNames(name, text))
  if (differences.length > 0)
    throw new ActionError(
      'LOCK_FILE',
      `${file} does not fit ${wheel.file}:\n${differences.map(each => `- ${each}`).join('\n')}`,
      {
        hint: `Run \`${pythonLockCommands[name]}\`, and commit ${name}.`,
      },
    )
  host.info(`The dependencies of the bundle have the versions of ${file}`)
  return releases.map(constraintOf)
}

function read<Result>(file: string, reading: () => Result): Result {
  try {
    return reading()
  } catch (error) {
    throw new ActionError('LOCK_FILE', `${file} cannot be read: ${errorText(error).split('\n')[0] ?? ''}`, {
      hint: 'Let its own program write it anew, and commit it.',
    })
  }
}

async function findLock(host: Host, directory: string, member: string) {
  for (const name of pythonLockFiles) {
    const text = await textIfThere(host, join(directory, name))
    if (text !== undefined) return {name, folder: directory, text}
  }
  const name = 'uv.lock'
  for (let folder = directory; folder.startsWith(`${host.workspace}${sep}`);) {
    folder = dirname(folder)
    const text = await textIfThere(host, join(folder, name))
    if (text !== undefined && read(shown(host, folder, name), () => isMember(text, member)))
      return {name, folder, text} as const
  }
  return undefined
}

function shown(host: Host, folder: string, name: string): string {
  return relative(host.workspace, join(folder, name)).replaceAll('\\', '/')
}

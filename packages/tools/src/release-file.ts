import {chmod} from 'node:fs/promises'
import {basename, join} from 'node:path'
import {extractTar, extractZip} from '@actions/tool-cache'
import {ActionError, InputError, type Host} from '@mcp-release/action-kit'
import {download, publicUrl, type DownloadPolicy} from './download'
import {platformKey, type ReleaseFile, type ToolPin} from './pins'

/** Reads the base URL of a mirror; `undefined` for none. */
export function parseMirror(text: string | undefined): URL | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    const hint =
      'Give the base URL under which the mirror has the paths of github.com, such as https://mirror.example/github.'
    // It may hold a password all the same.
    const shown = text.trim().replace(/\/\/[^/\s]*@/, '//***@')
    throw new InputError([`tool mirror: "${shown}" is no base URL with http or https`], {hint})
  }
  return url
}

/** Where a release file is downloaded from: the release, or the same path under the mirror. */
export function sourceUrl(release: string, mirror: URL | undefined): URL {
  const url = new URL(release)
  if (mirror === undefined) return url
  const result = new URL(mirror)
  result.pathname = `${mirror.pathname.replace(/\/+$/, '')}${url.pathname}`
  return result
}

/** The release file for this machine. Code `UNPINNED` when nobody vouches for one. */
export function releaseFile(name: string, pin: ToolPin, host: Host): ReleaseFile {
  const platform = platformKey(host.platform)
  const file = pin.platforms[platform]
  if (file !== undefined) return file
  throw new ActionError('UNPINNED', `${name} ${pin.version} for ${platform} has no checksum in the table of tools`)
}

/** What a download needs beside the file's description. */
export interface ReleaseContext {
  readonly host: Host
  readonly mirror: URL | undefined
  readonly policy: DownloadPolicy
  /** An empty folder for the download. */
  readonly folder: string
}

/**
 * Downloads a release file into a folder that then holds the program under its final name, and nothing else. The
 * checksum is compared before the file is unpacked or may be executed; code `CHECKSUM` when it differs.
 */
export async function fetchRelease(file: ReleaseFile, program: string, context: ReleaseContext): Promise<string> {
  const {host, folder} = context
  const url = sourceUrl(file.url, context.mirror)
  const loaded = join(folder, 'download', basename(new URL(file.url).pathname))
  await host.files.makeDirectory(join(folder, 'download'))
  await host.files.makeDirectory(join(folder, 'bin'))
  host.info(`Downloading ${publicUrl(url)}`)
  await download(url, loaded, context.policy)
  await checkSum(file, loaded, {host, url})
  const path = join(folder, 'bin', program)
  await host.files.move(file.member === undefined ? loaded : await unpack(loaded, file.member, folder), path)
  await chmod(path, 0o755)
  return join(folder, 'bin')
}

async function checkSum(
  file: ReleaseFile,
  path: string,
  source: {readonly host: Host; readonly url: URL},
): Promise<void> {
  const found = await source.host.files.sha256(path)
  if (found === file.sha256) return
  await source.host.files.remove(path)
  const hint =
    'Nothing was executed and the file was removed. If a mirror is set, compare its file with the release; ' +
    'otherwise report it: the published file changed.'
  throw new ActionError('CHECKSUM', `${publicUrl(source.url)}: expected sha256 ${file.sha256}, got ${found}`, {hint})
}

async function unpack(archive: string, member: string, folder: string): Promise<string> {
  const target = join(folder, 'unpacked')
  await (archive.endsWith('.zip') ? extractZip(archive, target) : extractTar(archive, target))
  return join(target, member)
}

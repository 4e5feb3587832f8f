import {basename, dirname, isAbsolute, join, relative} from 'node:path'
import {type Host, pathInWorkspace, rejectProblems} from '@mcp-release/action-kit'
import type {ArchiveFile} from '@mcp-release/archives'
import {type BundleManifest, bundleFilter, isBundleManifest, parseManifest, pngSize} from '@mcp-release/mcpb'
import {textIfThere} from '@mcp-release/release-model'
import {readFolder} from './folder'
import {licenseFile} from './sources'

/** The folders beside the sources whose files go into the root of every bundle; `dxt` is what bundles were called before. */
export const bundleFolders = ['mcpb', 'dxt'] as const

/** What the checkout says about bundles. */
export interface Project {
  /** The author's own manifest. */
  readonly manifest?: BundleManifest
  /** Where it lies, for messages. */
  readonly manifestFile?: string
  /** Icons and whatever else the author wants inside. */
  readonly assets: readonly ArchiveFile[]
  /** The icon for a generated manifest, when there is one. */
  readonly icon?: string
  readonly licenses: readonly ArchiveFile[]
  /** Whether a file goes into a bundle. */
  readonly keeps: (name: string) => boolean
  readonly serverJson?: string
}

/** Reads manifest, `.mcpbignore`, icons, licences and server.json of a package; `given` is the path of the manifest. */
export async function readProject(host: Host, directory: string, given?: string): Promise<Project> {
  const text = (name: string) => textIfThere(host, isAbsolute(name) ? name : join(directory, name))
  const own = await findManifest(text, given)
  const manifest = own === undefined ? undefined : parseManifest(shownPath(directory, own.file), own.content)
  const folder = bundleFolders.find(each => own !== undefined && basename(dirname(own.file)) === each) ?? 'mcpb'
  const ignored = await firstText(text, [`${folder}/.mcpbignore`, '.mcpbignore', `${folder}/.dxtignore`, '.dxtignore'])
  const serverJson = await text('server.json')
  const place = own !== undefined && isAbsolute(own.file) ? dirname(own.file) : join(directory, folder)
  const isFolder = (bundleFolders as readonly string[]).includes(basename(place))
  const inFolder = (isFolder ? await readFolder(host, place) : []).filter(
    ({name}) => !['manifest.json', '.mcpbignore', '.dxtignore'].includes(name),
  )
  const named = manifest === undefined ? ['icon.png'] : namedFiles(manifest)
  const around = isFolder || place === directory ? [directory] : [place, directory]
  const beside = (await Promise.all(around.map(each => readNamed(host, each, named)))).flat()
  const assets = [...new Map([...beside, ...inFolder].map(file => [file.name, file])).values()]
  const icon = manifest === undefined ? assets.find(({name}) => name === 'icon.png') : undefined
  const usable = icon !== undefined && isSquare(icon.content)
  if (icon !== undefined && !usable)
    host.warning(
      `${join(directory, 'icon.png')}: is not a square PNG image, so it is not used as the icon of the bundle`,
    )
  return {
    ...(manifest === undefined || own === undefined ? {} : {manifest, manifestFile: shownPath(directory, own.file)}),
    assets: icon === undefined || usable ? assets : assets.filter(file => file !== icon),
    ...(usable ? {icon: icon.name} : {}),
    licenses: await readNamed(
      host,
      directory,
      (await host.files.list(directory)).filter(name => licenseFile.test(name)),
    ),
    keeps: bundleFilter(ignored),
    ...(serverJson === undefined ? {} : {serverJson}),
  }
}

type ReadText = (name: string) => Promise<string | undefined>

async function findManifest(
  text: ReadText,
  given: string | undefined,
): Promise<{readonly file: string; readonly content: string} | undefined> {
  for (const file of given === undefined ? bundleFolders.map(each => `${each}/manifest.json`) : [given]) {
    const content = await text(file)
    if (content !== undefined) return {file, content}
  }
  // A manifest.json at the root may be that of a web page or a browser extension.
  const root = await text('manifest.json')
  return root !== undefined && isBundleManifest(root) ? {file: 'manifest.json', content: root} : undefined
}

async function firstText(text: ReadText, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const found = await text(name)
    if (found !== undefined) return found
  }
  return undefined
}

function shownPath(directory: string, file: string): string {
  return isAbsolute(file) ? relative(directory, file).replaceAll('\\', '/') : file
}

/** The files that a manifest names besides those of the server; a `*` stands for the locale. */
function namedFiles({icon, icons, screenshots, localization}: BundleManifest): readonly string[] {
  const names = [icon, ...(icons ?? []).map(({src}) => src), ...(screenshots ?? [])]
  return [
    ...names.filter((name): name is string => name !== undefined && !/^https?:|\$\{/.test(name)),
    ...(localization === undefined ? [] : [localization.resources.replace(/\$\{locale\}/i, '*')]),
  ]
}

async function readNamed(host: Host, directory: string, names: readonly string[]): Promise<readonly ArchiveFile[]> {
  const problems: string[] = []
  const files: ArchiveFile[] = []
  for (const name of await host.files.find(
    names.map(each => each.replace(/^\.\//, '')),
    {cwd: directory},
  )) {
    const path = await pathInWorkspace(host, {input: 'working-directory', path: join(directory, name)}, problems)
    if (problems.length === 0) files.push({name, mode: 0o644, content: await host.files.readBytes(path)})
  }
  rejectProblems(problems)
  return files
}

function isSquare(content: Uint8Array): boolean {
  const size = pngSize(content)
  return size !== undefined && size.width === size.height
}

import type {Finding} from '@mcp-release/action-kit'
import type {BundleManifest} from './manifest-schema'

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const recommended = 512

/** Width and height in pixels from the header of a PNG image (https://www.w3.org/TR/png-3/#5Introduction); `undefined` when it is none. */
export function pngSize(content: Uint8Array): {readonly width: number; readonly height: number} | undefined {
  if (content.length < 33 || signature.some((byte, at) => content[at] !== byte)) return undefined
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  if (view.getUint32(12) !== 0x49484452) return undefined
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  return width === 0 || height === 0 ? undefined : {width, height}
}

/** Everything that is wrong or odd about the images that a manifest names. */
export function iconFindings(manifest: BundleManifest, files: ReadonlyMap<string, Uint8Array>): readonly Finding[] {
  return [
    ...(manifest.icon === undefined ? [] : imageFindings('icon', manifest.icon, files, {icon: true})),
    ...(manifest.icons ?? []).flatMap(({src, size}, at) =>
      imageFindings(`icons[${at}].src`, src, files, {icon: true, size}),
    ),
    ...(manifest.screenshots ?? []).flatMap((src, at) =>
      imageFindings(`screenshots[${at}]`, src, files, {icon: false}),
    ),
  ]
}

function imageFindings(
  field: string,
  path: string,
  files: ReadonlyMap<string, Uint8Array>,
  wanted: {readonly icon: boolean; readonly size?: string},
): readonly Finding[] {
  const said = `manifest.json: ${field}: ${JSON.stringify(path)}`
  const error = (rest: string): readonly Finding[] => [{level: 'error', text: `${said} ${rest}`}]
  if (/^https?:\/\//.test(path))
    return [{level: 'warning', text: `${said} is on the web; Claude Desktop shows only images inside of the bundle`}]
  if (path.includes('${')) return error('has a variable in it; give the path inside of the bundle, such as icon.png')
  const content = files.get(path.replace(/^\.\//, ''))
  if (content === undefined) return error('is not in the bundle; paths are relative to its root')
  const size = pngSize(content)
  if (size === undefined) return error('is not a PNG image; clients show no other format')
  const {width, height} = size
  if (wanted.size !== undefined && wanted.size !== `${width}x${height}`)
    return error(`has ${width}x${height} pixels, but size says ${wanted.size}`)
  if (!wanted.icon) return []
  if (width !== height)
    return error(`has ${width}x${height} pixels; an icon is square, best with ${recommended}x${recommended}`)
  return wanted.size === undefined && width < recommended / 4
    ? [{level: 'warning', text: `${said} has only ${width}x${height} pixels; best are ${recommended}x${recommended}`}]
    : []
}

import {z} from 'zod'
import {type Detected, type Detection, type Detector, folderOf, mergeDetections, serverFirst} from './detected'
import {readJson} from './read-manifest'

const packageJson = z.looseObject({
  name: z.string().optional(),
  version: z.string().optional(),
  private: z.boolean().optional(),
  bin: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
  license: z.string().optional().catch(undefined),
})

/** npm packages: package.json with name and version, not private (https://docs.npmjs.com/cli/configuring-npm/package-json). */
export const detectNpm: Detector = ({files, texts}) =>
  mergeDetections(files.filter(file => /(^|\/)package\.json$/.test(file)).map(file => detect(file, texts[file] ?? '')))

function detect(file: string, text: string): Detection {
  const problems: string[] = []
  const content = readJson(packageJson, {file, text}, problems)
  if (content === undefined) return {packages: [], skipped: [], problems}
  const {name, version, license, bin} = content
  const reason =
    content.private === true
      ? 'private: true'
      : name === undefined || version === undefined
        ? 'it has no name or no version'
        : undefined
  if (name === undefined || version === undefined || reason !== undefined) {
    return {packages: [], skipped: [{subject: file, reason: reason ?? ''}], problems}
  }
  const commands = typeof bin === 'string' ? [name.replace(/^@[^/]*\//, '')] : Object.keys(bin ?? {})
  const detected: Detected = {
    ecosystem: 'npm',
    path: folderOf(file),
    name,
    version,
    manifest: file,
    executables: [...serverFirst(commands, name)],
    ...(license === undefined ? {} : {license}),
  }
  return {packages: [detected], skipped: [], problems}
}

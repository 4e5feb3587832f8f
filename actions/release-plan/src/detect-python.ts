import {z} from 'zod'
import {type Detected, type Detection, type Detector, folderOf, serverFirst} from './detected'
import {readToml} from './read-manifest'

const scripts = z.record(z.string(), z.unknown())
const pyproject = z.looseObject({
  project: z
    .looseObject({
      name: z.string(),
      version: z.string().optional(),
      dynamic: z.array(z.string()).optional(),
      scripts: scripts.optional(),
      classifiers: z.array(z.string()).optional(),
      license: z.union([z.string(), z.looseObject({text: z.string().optional()})]).optional(),
    })
    .optional(),
  tool: z
    .looseObject({
      poetry: z
        .looseObject({
          name: z.string().optional(),
          version: z.string().optional(),
          license: z.string().optional(),
          scripts: scripts.optional(),
        })
        .optional(),
    })
    .optional(),
})

/** Python packages: pyproject.toml with a name (https://packaging.python.org/en/latest/specifications/pyproject-toml/). */
export const detectPython: Detector = ({files, texts}) => {
  const found = files.filter(file => /(^|\/)pyproject\.toml$/.test(file)).map(file => detect(file, texts[file] ?? ''))
  return {
    packages: found.flatMap(each => each.packages),
    skipped: found.flatMap(each => each.skipped),
    problems: found.flatMap(each => each.problems),
  }
}

function detect(file: string, text: string): Detection {
  const problems: string[] = []
  const content = readToml(pyproject, {file, text}, problems)
  const {project, tool} = content ?? {}
  const name = project?.name ?? tool?.poetry?.name
  // A pyproject.toml without a name only configures tools.
  if (name === undefined) return {packages: [], skipped: [], problems}
  if (project?.classifiers?.some(each => each.startsWith('Private ::'))) {
    return {packages: [], skipped: [{subject: file, reason: 'its classifiers say "Private"'}], problems}
  }
  const version = project?.version ?? tool?.poetry?.version
  if (version === undefined && project?.dynamic?.includes('version') !== true)
    problems.push(`${file}: has neither a version nor "version" in dynamic`)
  const license = typeof project?.license === 'string' ? project.license : tool?.poetry?.license
  const detected: Detected = {
    ecosystem: 'pypi',
    path: folderOf(file),
    name,
    manifest: file,
    executables: [...serverFirst(Object.keys(project?.scripts ?? tool?.poetry?.scripts ?? {}), name)],
    ...(version === undefined ? {} : {version}),
    ...(license === undefined ? {} : {license}),
  }
  return {packages: [detected], skipped: [], problems}
}

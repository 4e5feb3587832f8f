import type {Facts} from './facts'
import type {Pair, Request} from './inputs'
import {isoTime, labelsOf} from './labels'

/** Everything about a build but where its result goes. */
export interface BuildPlan {
  /** Arguments after `buildx build`. */
  readonly arguments: readonly string[]
  readonly directory: string
  readonly env: Readonly<Record<string, string>>
}

/** Where the result of one run of the plan goes. */
export interface Destination {
  /** `--output`, as its attributes. */
  readonly output: readonly Pair[]
  /** The file in which buildx says what it made. */
  readonly metadata: string
}

/**
 * How the image is built. Attestations of BuildKit are off: they hold times and names of machines, and they are not
 * signed; provenance and SBOM are attested to the finished image.
 */
export function planBuild(request: Request, facts: Facts): BuildPlan {
  const {labels, annotations} = labelsOf(request, facts)
  const level = request.platforms.length > 1 ? 'index,manifest' : 'manifest'
  return {
    arguments: [
      '--progress=plain',
      `--file=${request.containerfile}`,
      `--platform=${request.platforms.join(',')}`,
      '--provenance=false',
      '--sbom=false',
      ...(request.target === undefined ? [] : [`--target=${request.target}`]),
      ...flags('--build-arg', buildArguments(request, facts)),
      ...flags('--label', labels),
      ...annotations.flatMap(([name, value]) => ['--annotation', `${level}:${name}=${value}`]),
    ],
    directory: request.context,
    env: {SOURCE_DATE_EPOCH: `${facts.time}`},
  }
}

/** The whole command; `buildx` is the program with its first words. */
export function buildCommand(
  {buildx, builder}: {readonly buildx: readonly string[]; readonly builder: string},
  plan: BuildPlan,
  {output, metadata}: Destination,
): readonly string[] {
  return [
    ...buildx,
    'build',
    `--builder=${builder}`,
    ...plan.arguments,
    `--metadata-file=${metadata}`,
    `--output=${output.map(csvField).join(',')}`,
    plan.directory,
  ]
}

/** The layout that is checked before anything else happens with the image. */
export function layoutOutput(folder: string): readonly Pair[] {
  return [['type', 'oci'], ['dest', folder], ['tar', 'false'], ...sameBytes]
}

/** Into a registry, under no tag. */
export function digestOutput(repository: string): readonly Pair[] {
  return [
    ['type', 'image'],
    ['name', repository],
    ['push', 'true'],
    ['push-by-digest', 'true'],
    ['name-canonical', 'true'],
    ...sameBytes,
  ]
}

// Both exporters must make the same bytes, so both get the same attributes.
const sameBytes: readonly Pair[] = [
  ['rewrite-timestamp', 'true'],
  ['oci-mediatypes', 'true'],
  ['compression', 'gzip'],
]

/** Those of the user, and `VERSION`, `COMMIT` and `DATE` where the Containerfile asks for them. */
function buildArguments({buildArgs, content, version}: Request, {revision, time}: Facts): readonly Pair[] {
  const known: readonly (readonly [string, string | undefined])[] = [
    ['VERSION', version?.text],
    ['COMMIT', revision],
    ['DATE', isoTime(time)],
  ]
  const given = new Set(buildArgs.map(([name]) => name))
  const wanted = known.filter(
    (pair): pair is Pair => pair[1] !== undefined && content.args.has(pair[0]) && !given.has(pair[0]),
  )
  return [['SOURCE_DATE_EPOCH', `${time}`], ...wanted, ...buildArgs]
}

function flags(flag: string, pairs: readonly Pair[]): readonly string[] {
  return pairs.flatMap(([name, value]) => [flag, `${name}=${value}`])
}

// `--output` is one line of CSV.
function csvField([name, value]: Pair): string {
  const field = `${name}=${value}`
  return /[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
}

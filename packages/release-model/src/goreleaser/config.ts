import {z} from 'zod'

// What goreleaser takes as one or as several: `formats: tar.gz` and `formats: [tar.gz]`.
const word = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const words = z
  .union([word.transform(each => [each]), z.array(word), z.null().transform(() => [])])
  .catch([])
  .optional()
const loose = <S extends z.ZodType>(schema: S) => z.array(schema).nullish().catch([])

const build = z.looseObject({
  id: word.optional(),
  builder: word.optional(),
  main: word.optional(),
  dir: word.optional(),
  binary: word.optional(),
  goos: words,
  goarch: words,
  goarm: words,
  goamd64: words,
  targets: words,
  ignore: loose(z.looseObject({goos: word.optional(), goarch: word.optional(), goarm: word.optional()})),
  ldflags: words,
  flags: words,
  tags: words,
  env: words,
  skip: word.optional(),
  hooks: z.unknown().optional(),
  overrides: z.unknown().optional(),
})

const archive = z.looseObject({
  id: word.optional(),
  ids: words,
  builds: words,
  name_template: word.optional(),
  format: word.optional(),
  formats: words,
  format_overrides: loose(z.looseObject({goos: word.optional(), format: word.optional(), formats: words})),
  wrap_in_directory: word.optional(),
  files: z.unknown().optional(),
})

const universal = z.looseObject({id: word.optional(), ids: words, replace: z.boolean().optional()})

/** The part of goreleaser's configuration, version 1 and 2, that is read (https://goreleaser.com/customization/). */
export const goreleaserSchema = z.looseObject({
  project_name: word.optional(),
  before: z.looseObject({hooks: z.array(z.unknown()).nullish().catch([])}).nullish(),
  build: build.nullish(),
  builds: z.array(build).nullish(),
  archives: z.array(archive).nullish(),
  universal_binaries: z.array(universal).nullish(),
})

export type GoreleaserConfig = z.infer<typeof goreleaserSchema>
export type GoreleaserBuild = z.infer<typeof build>
export type GoreleaserArchive = z.infer<typeof archive>

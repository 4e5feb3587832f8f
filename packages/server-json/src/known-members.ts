import type {z} from 'zod'

interface Definition {
  readonly type: string
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>
  readonly element?: z.core.$ZodType
  readonly innerType?: z.core.$ZodType
  readonly valueType?: z.core.$ZodType
  readonly options?: readonly z.core.$ZodType[]
}

/** The names of the members that an object may have at a place of a document, by its schema. */
export function knownMembers(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  const reached = path.reduce<readonly z.core.$ZodType[]>(
    (schemas, key) => schemas.flatMap(each => inside(each, key)),
    [schema],
  )
  return [...new Set(reached.flatMap(objects).flatMap(each => Object.keys(definition(each).shape ?? {})))]
}

function inside(schema: z.core.$ZodType, key: PropertyKey): readonly z.core.$ZodType[] {
  return alternatives(schema).flatMap(each => {
    const {type, shape, element, valueType} = definition(each)
    const next = type === 'array' ? element : type === 'record' ? valueType : shape?.[String(key)]
    return next === undefined ? [] : [next]
  })
}

function objects(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  return alternatives(schema).filter(each => definition(each).type === 'object')
}

// What is optional, and each kind of what may be of several.
function alternatives(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  const {innerType, options} = definition(schema)
  if (innerType !== undefined) return alternatives(innerType)
  return options === undefined ? [schema] : options.flatMap(alternatives)
}

function definition(schema: z.core.$ZodType): Definition {
  return schema._zod.def
}

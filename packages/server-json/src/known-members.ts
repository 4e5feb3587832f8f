import type {z} from 'zod'

interface Definition {
  readonly type: string
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>
  readonly element?: z.core.$ZodType
  readonly innerType?: z.core.$ZodType
  readonly valueType?: z.core.$ZodType
  readonly options?: readonly z.core.$ZodType[]
}

/** What may be at a place of a document. */
export interface Members {
  /** The names that an object may have there; `undefined` when it may have any. */
  readonly names: readonly string[] | undefined
  /** The same for a place below. */
  inside(key: PropertyKey): Members
}

/** The names of the members that the objects of a document may have, by its schema. */
export function knownMembers(...schemas: readonly z.core.$ZodType[]): Members {
  const reached = schemas.flatMap(alternatives)
  const shapes = reached.flatMap(each => (definition(each).type === 'object' ? [definition(each).shape ?? {}] : []))
  return {
    names: shapes.length === 0 ? undefined : [...new Set(shapes.flatMap(each => Object.keys(each)))],
    inside: key => knownMembers(...reached.flatMap(each => inside(each, key))),
  }
}

function inside(schema: z.core.$ZodType, key: PropertyKey): readonly z.core.$ZodType[] {
  const {type, shape, element, valueType} = definition(schema)
  // A document may have a member that is called like one of every object, such as `constructor`.
  const own = shape !== undefined && Object.hasOwn(shape, key) ? shape[String(key)] : undefined
  const next = type === 'array' ? element : type === 'record' ? valueType : own
  return next === undefined ? [] : [next]
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

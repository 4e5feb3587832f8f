import {Ajv, type ErrorObject, type ValidateFunction} from 'ajv'
import addFormats from 'ajv-formats'
import {ApiError} from './errors'
import subset from './openapi.gen.json' with {type: 'json'}

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema: object
}

interface Operation {
  readonly operationId: string
  readonly parameters: readonly Parameter[]
  readonly requestBody?: {readonly required: boolean; readonly content: Readonly<Record<string, unknown>>}
  readonly responses: Readonly<Record<string, {readonly content?: Readonly<Record<string, unknown>>}>>
}

const paths = subset.paths as unknown as Readonly<Record<string, Readonly<Record<string, Operation>>>>

/** An operation of the description that a request asks for. */
export interface Match {
  readonly operation: Operation
  /** Where its parts stand in the description. */
  readonly pointer: readonly string[]
  readonly params: Readonly<Record<string, string>>
}

// A tag or ref may hold slashes, so the last parameter of such a path takes the rest of it.
const greedy = new Set(['tag', 'ref'])

function pattern(template: string): RegExp {
  const source = template
    .split('/')
    .map(part =>
      /^\{\w+\}$/.test(part) ? `(?<${part.slice(1, -1)}>${greedy.has(part.slice(1, -1)) ? '.+' : '[^/]+'})` : part,
    )
  return new RegExp(`^${source.join('/')}$`)
}

// Templates with fewer parameters first: `releases/latest` is not a release id.
const routes = Object.entries(paths)
  .map(([template, methods]) => ({template, methods, matcher: pattern(template)}))
  .sort((a, b) => a.template.split('{').length - b.template.split('{').length)

/** All operations that the description keeps. */
export const operationIds: readonly string[] = Object.values(paths).flatMap(methods =>
  Object.values(methods).map(operation => operation.operationId),
)

/** Finds the operation for a method and a path below the API address. */
export function matchOperation(method: string, path: string): Match | undefined {
  const wanted = method === 'HEAD' ? 'get' : method.toLowerCase()
  for (const {template, methods, matcher} of routes) {
    const found = matcher.exec(path)
    const operation = methods[wanted]
    if (found === null || operation === undefined) continue
    const params = Object.entries(found.groups ?? {}).map(([name, value]) => [name, decode(value)] as const)
    return {operation, pointer: ['paths', template, wanted], params: Object.fromEntries(params)}
  }
  return undefined
}

// A value with broken escapes stands for itself; nothing will be found under it.
function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

// The description is OpenAPI, not JSON Schema: checking it against JSON Schema's own schema would only cost time at start.
const settings = {
  strict: false,
  allErrors: true,
  verbose: true,
  logger: false,
  meta: false,
  validateSchema: false,
} as const
const json = new Ajv(settings)
const strings = new Ajv({...settings, coerceTypes: true})
for (const ajv of [json, strings]) addFormats(ajv)
json.addFormat('binary', true)
json.addSchema(subset, 'github')

const jsonContent = ['content', 'application/json', 'schema'] as const

function schemaAt(pointer: readonly string[]): ValidateFunction {
  const escaped = pointer.map(part => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
  const validate = json.getSchema(`github#/${escaped.join('/')}`)
  if (validate === undefined) throw new Error(`The description has no ${pointer.join(' ')}`)
  return validate
}

// GitHub's wording, as far as it is known.
function wording(error: ErrorObject): string {
  const params = error.params as Readonly<Record<string, unknown>>
  if (error.keyword === 'required') return `"${String(params['missingProperty'])}" wasn't supplied.`
  const at = `For 'properties${error.instancePath}', ${JSON.stringify(error.data)}`
  if (error.keyword === 'type') return `${at} is not a ${String(params['type'])}.`
  if (error.keyword === 'enum') return `${at} is not a member of ${JSON.stringify(params['allowedValues'])}.`
  return `${at} ${error.message ?? 'is invalid'}.`
}

const invalid = (validate: ValidateFunction): ApiError =>
  new ApiError(422, `Invalid request.\n\n${(validate.errors ?? []).map(wording).join('\n')}`)

type Place = 'path' | 'query'
const parameterChecks = new Map<string, ValidateFunction>()

function parameterCheck({operationId, parameters}: Operation, place: Place): ValidateFunction {
  const key = `${place} ${operationId}`
  const here = parameters.filter(one => one.in === place)
  const check =
    parameterChecks.get(key) ??
    strings.compile({
      type: 'object',
      properties: Object.fromEntries(here.map(one => [one.name, one.schema])),
      required: here.filter(one => one.required === true).map(one => one.name),
    })
  parameterChecks.set(key, check)
  return check
}

/** Checks the parameters of one place and returns them with the types that the description gives them. */
export function readParameters(
  match: Match,
  place: Place,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  const check = parameterCheck(match.operation, place)
  const values: Record<string, unknown> = {...given}
  if (check(values)) return values
  // An id that is no number leads nowhere.
  throw place === 'path' ? new ApiError(404, 'Not Found') : invalid(check)
}

/** Whether the operation takes a JSON body. */
export const takesJson = (match: Match): boolean =>
  match.operation.requestBody?.content['application/json'] !== undefined

/** Checks a JSON body against the description. */
export function checkBody(match: Match, body: unknown): void {
  if (body === undefined && match.operation.requestBody?.required !== true) return
  const check = schemaAt([...match.pointer, 'requestBody', ...jsonContent])
  if (!check(body ?? {})) throw invalid(check)
}

/** What is wrong with an answer of the forge itself; undefined when it agrees with the description. */
export function answerProblem(match: Match, status: number, body: unknown): string | undefined {
  const declared = match.operation.responses[String(status)]
  const name = `${match.operation.operationId} ${status}`
  if (declared === undefined && status < 400) return `${name}: the description has no such answer`
  const described = declared?.content?.['application/json'] !== undefined
  if (status < 400 && !described) return body === undefined ? undefined : `${name}: the description has no body here`
  // The description does not list every error of every operation.
  const pointer = described
    ? [...match.pointer, 'responses', String(status), ...jsonContent]
    : ['components', 'schemas', 'basic-error']
  const check = schemaAt(pointer)
  return check(body) ? undefined : `${name}: ${json.errorsText(check.errors)}`
}

/** Compiles the checks of one operation after the other, each in a turn of its own; else each is compiled when it is needed. */
export async function compileChecks(): Promise<void> {
  for (const [template, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      await new Promise(resolve => setImmediate(resolve))
      const at = ['paths', template, method]
      for (const place of ['path', 'query'] as const) parameterCheck(operation, place)
      if (operation.requestBody?.content['application/json'] !== undefined)
        schemaAt([...at, 'requestBody', ...jsonContent])
      for (const [status, {content}] of Object.entries(operation.responses))
        if (content?.['application/json'] !== undefined) schemaAt([...at, 'responses', status, ...jsonContent])
    }
  }
}

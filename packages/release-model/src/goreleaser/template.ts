import {type Node, type Operand, type Pipe, TemplateError, parseTemplate} from './template-parser'

/** What a template may name, such as `Version`; booleans for conditions. */
export type Fields = Readonly<Record<string, string | boolean | undefined>>

type Value = string | boolean

/** The text of a template, or why it cannot be told. */
export type Rendered = {readonly text: string} | {readonly problem: string}

/**
 * Fills in a template in the language of goreleaser: Go's text/template with the functions of
 * https://goreleaser.com/customization/templates/ that work on texts. Nothing is run and no variable of the machine is read.
 */
export function renderTemplate(template: string, fields: Fields): Rendered {
  if (!template.includes('{{')) return {text: template}
  try {
    return {text: render(parseTemplate(template), {fields, dot: undefined})}
  } catch (error) {
    if (error instanceof TemplateError) return {problem: error.message}
    throw error
  }
}

interface Scope {
  readonly fields: Fields
  /** What `with` has made of the dot. */
  readonly dot: Value | undefined
}

function render(nodes: readonly Node[], scope: Scope): string {
  return nodes.map(node => renderNode(node, scope)).join('')
}

function renderNode(node: Node, scope: Scope): string {
  if (node.kind === 'text') return node.text
  if (node.kind === 'value') return String(evaluate(node.pipe, scope))
  for (const {condition, body} of node.branches) {
    const value = evaluate(condition, scope)
    if (isTrue(value)) return render(body, node.kind === 'with' ? {...scope, dot: value} : scope)
  }
  return render(node.otherwise, scope)
}

function isTrue(value: Value): boolean {
  return value !== false && value !== ''
}

function evaluate(pipe: Pipe, scope: Scope): Value {
  let piped: readonly Value[] = []
  for (const [first, ...rest] of pipe) {
    if (first === undefined) throw new TemplateError('an empty command')
    const args = [...rest.map(each => operandValue(each, scope)), ...piped]
    if (first.kind === 'function') piped = [call(first.name, args)]
    else {
      if (args.length > 0) throw new TemplateError('only functions take arguments')
      piped = [operandValue(first, scope)]
    }
  }
  return piped[0] ?? ''
}

function operandValue(operand: Operand, scope: Scope): Value {
  if (operand.kind === 'literal') return operand.value
  if (operand.kind === 'pipe') return evaluate(operand.pipe, scope)
  if (operand.kind === 'function') return call(operand.name, [])
  const {path, root} = operand
  if (path.length === 0 && scope.dot !== undefined && !root) return scope.dot
  const [name = '', variable] = path
  if (name === 'Env')
    throw new TemplateError(`it takes the variable ${variable ?? ''} of the machine, which is not read`)
  const value = path.length === 1 && Object.hasOwn(scope.fields, name) ? scope.fields[name] : undefined
  if (value === undefined) throw new TemplateError(`.${path.join('.')} is not known here`)
  return value
}

const functions: Readonly<Record<string, (args: readonly string[]) => Value>> = {
  eq: ([one, ...others]) => others.includes(one ?? ''),
  ne: ([one, other]) => one !== other,
  contains: ([text = '', part = '']) => text.includes(part),
  tolower: ([text = '']) => text.toLowerCase(),
  toupper: ([text = '']) => text.toUpperCase(),
  title: ([text = '']) => text.replaceAll(/(?<![A-Za-z])[a-z]/g, letter => letter.toUpperCase()),
  trim: ([text = '']) => text.trim(),
  trimprefix: ([text = '', prefix = '']) => (text.startsWith(prefix) ? text.slice(prefix.length) : text),
  trimsuffix: ([text = '', suffix = '']) =>
    suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
  replace: ([text = '', from = '', to = '']) => text.replaceAll(from, to),
  print: args => args.join(''),
  printf: ([format = '', ...args]) => printf(format, args),
  // No variable of the machine is read, so that the same commit gives the same names.
  envOrDefault: ([, fallback = '']) => fallback,
  isEnvSet: () => false,
}

function printf(format: string, args: readonly string[]): string {
  const rest = [...args]
  return format.replaceAll(/%(.)/g, (all, verb: string) => {
    if (verb === '%') return '%'
    if (!'svd'.includes(verb)) throw new TemplateError(`printf with ${all} is more than is understood here`)
    return rest.shift() ?? ''
  })
}

function call(name: string, args: readonly Value[]): Value {
  if (name === 'not') return !isTrue(args[0] ?? false)
  if (name === 'and') return args.find(each => !isTrue(each)) ?? args.at(-1) ?? false
  if (name === 'or') return args.find(isTrue) ?? args.at(-1) ?? false
  const found = Object.hasOwn(functions, name) ? functions[name] : undefined
  if (found === undefined) throw new TemplateError(`the function ${name} is not known here`)
  return found(args.map(String))
}

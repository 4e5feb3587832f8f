import type {Expression, Value} from '../value'

// https://docs.github.com/en/actions/reference/workflows-and-actions/contexts
const refOfTag = [
  "inputs.tag == '' && github.ref",
  "startsWith(inputs.tag, 'refs/tags/') && inputs.tag",
  "format('refs/tags/{0}', inputs.tag)",
].join(' || ')

/** A value as it stands in a workflow: text, with expressions in `${{ … }}`. Throws for what only a snapshot has. */
export function workflowText(value: Value): string {
  if (typeof value === 'string') return value
  if (value.kind === 'join') return value.parts.map(workflowText).join('')
  return `\${{ ${inner(value)} }}`
}

/** An expression without the braces. */
export function inner(expression: Expression): string {
  switch (expression.kind) {
    case 'input':
      return `inputs.${expression.name}`
    case 'secret':
      return `secrets.${expression.name}`
    case 'tag':
      return refOfTag
    case 'output':
      return `${expression.of === 'job' ? 'needs' : 'steps'}.${expression.id}.outputs.${expression.name}`
    case 'matrix':
      return `matrix.${expression.field}`
    case 'temp':
      return 'runner.temp'
    case 'join':
      return format(expression.parts)
    case 'not':
      return `!${inner(expression.value)}`
    case 'compare':
      return `${inner(expression.value)} ${expression.sign} ${quoted(expression.text)}`
    case 'all':
      return expression.values.map(inner).join(' && ')
    case 'if':
      return `${inner(expression.condition)} && ${operand(expression.value)} || ''`
    case 'local':
      throw new Error(`${expression.name}: the workflow has no such value`)
  }
}

// https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#literals
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

const operand = (value: Value): string => (typeof value === 'string' ? quoted(value) : inner(value))

/** `format('{0}/x/{1}', …)`, with parts of parts in one. */
function format(parts: readonly Value[]): string {
  const given: string[] = []
  const text = flat(parts)
    .map(part => {
      if (typeof part === 'string') return part.replaceAll('{', '{{').replaceAll('}', '}}')
      given.push(inner(part))
      return `{${given.length - 1}}`
    })
    .join('')
  return `format(${[quoted(text), ...given].join(', ')})`
}

function flat(parts: readonly Value[]): readonly (string | Expression)[] {
  return parts.flatMap(part => (typeof part === 'string' || part.kind !== 'join' ? [part] : flat(part.parts)))
}

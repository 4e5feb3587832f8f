import {pipeline} from '../pipeline'
import {workflowInputs, workflowSecrets} from '../workflow-inputs'

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |\n`).join('')

/** The tables of inputs and secrets in docs/workflow.md. */
export function renderInputs(): string {
  const inputs = Object.entries(workflowInputs).map(([name, {description, default: given}]) => [
    `\`${name}\``,
    given === '' ? '' : `\`${given}\``,
    description,
  ])
  const secrets = Object.entries(workflowSecrets).map(([name, description]) => [`\`${name}\``, description])
  return `${table(['input', 'default', 'meaning'], inputs)}\n${table(['secret', 'meaning'], secrets)}`
}

/** The table of jobs and permissions in docs/workflow.md. */
export function renderJobs(): string {
  const rows = pipeline.map(({id, matrix, permissions, runs}) => [
    matrix === undefined ? id : `${id} (matrix)`,
    permissions.length === 0 ? 'none' : permissions.map(({scope, access}) => `${scope}: ${access}`).join(', '),
    runs,
  ])
  return table(['job', 'permissions', 'runs code of yours'], rows)
}

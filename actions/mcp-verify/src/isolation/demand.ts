import {ActionError, type Host} from '@mcp-release/action-kit'
import type {Isolation} from './isolation'

/** What lost isolation means. */
export type Demand = 'required' | 'preferred'

/** On a runner servers are isolated, or nothing is started; a person at a machine of their own is only told. */
export function usualDemand({env, platform}: Pick<Host, 'env' | 'platform'>): Demand {
  // Only runners say where they are: https://docs.github.com/en/actions/reference/workflows-and-actions/variables
  const isRunner = env['GITHUB_ACTIONS'] === 'true' && (env['RUNNER_ENVIRONMENT'] ?? '') !== ''
  return isRunner && platform.os === 'linux' ? 'required' : 'preferred'
}

/** `ISOLATION`: servers would be started without it, and that is not allowed. Otherwise says that they are. */
export function demandIsolation({kind, reason = '', hint}: Isolation, demand: Demand, host: Host): void {
  if (kind === 'namespaces') return
  if (demand === 'required') {
    const allow = 'To start them all the same, say `isolation: preferred`, as an input or in .github/mcp-release.yml.'
    throw new ActionError('ISOLATION', `servers cannot be isolated on this machine: ${reason}`, {
      hint: [...(hint === undefined ? [] : [hint]), allow].join('\n'),
    })
  }
  const lost = 'they reach the network, the files and the programs of this machine'
  host.warning(
    [`servers are started without isolation, so that ${lost}: ${reason}`, ...(hint === undefined ? [] : [hint])].join(
      '\n',
    ),
  )
}

import type {ActionError} from '@mcp-release/action-kit'
import type {LeftOutFile} from '@mcp-release/release-model'
import type {BundleRequest} from './request'

// What is gone at the next attempt; a release must not lose a bundle by it.
const transient =
  /\b(?:E?TIMEDOUT|ECONNRESET|ECONNREFUSED|EAI_AGAIN|ENOTFOUND|ENETUNREACH|ESOCKETTIMEDOUT)\b|network (?:timeout|error)|temporary failure in name resolution|\b(?:502|503|504|429)\b (?:Bad Gateway|Service|Gateway|Too Many)/i

/** The files of a request that could not be made; rethrows what another attempt may mend. */
export function leftOutFor({names = []}: BundleRequest, error: ActionError): readonly LeftOutFile[] {
  if (transient.test(error.message)) throw error
  const reason = error.message
    .replace(/^- /, '')
    .replaceAll('\n- ', '; ')
    .replaceAll(/\s*\n\s*/g, ' ')
  return names.map(name => ({
    name,
    reason: reason.replaceAll(`${name}: `, ''),
    ...(error.hint === undefined ? {} : {hint: error.hint}),
  }))
}

import {ActionError} from '@mcp-release/action-kit/errors'

/** `ARCHIVE`: an archive, or an entry named in the message, is damaged, hostile or of a kind that is not supported. */
export function archiveError(message: string, hint?: string): ActionError {
  return new ActionError('ARCHIVE', message, hint === undefined ? {} : {hint})
}

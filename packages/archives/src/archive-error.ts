import {ActionError} from '@mcp-release/action-kit/errors'

/** `ARCHIVE`: an archive, or an entry named in the message, is damaged, hostile or of a kind that is not supported. */
export function archiveError(message: string, hint?: string): ActionError {
  return new ActionError('ARCHIVE', message, hint === undefined ? {} : {hint})
}

/** Runs what reads an archive; an error then names the file, which the readers do not know, and what to do about it. */
export async function ofFile<T>(file: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof ActionError) || error.code !== 'ARCHIVE' || error.message.startsWith(`${file}: `))
      throw error
    const text = error.message.includes('\n') ? `${file}:\n${error.message}` : `${file}: ${error.message}`
    const remedy = 'Build the file anew, and give it as it was written.'
    throw new ActionError('ARCHIVE', text, {hint: [error.hint ?? [], remedy].flat().join(' '), cause: error})
  }
}

import {ActionError} from './errors'

// https://nodejs.org/api/errors.html#common-system-errors: those that come from the machine, whatever a program asks for.
const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full: free space in an earlier step, use a larger runner, or build fewer platforms in one job.',
  EDQUOT: 'The quota of the disk is used up: free space, or use another folder.',
  EACCES: 'The job may not read or write there: correct the permissions, or give another folder.',
  EPERM: 'The job may not do that there: correct the permissions, or give another folder.',
  EROFS: 'Nothing can be written there: give another folder.',
  EMFILE: 'Too many files are open: raise the limit (ulimit -n).',
  ENFILE: 'Too many files are open on this machine: end other programs.',
  EISDIR: 'A folder is where a file is wanted: give another path, or move the folder away.',
  // What mkdir says of a file in the place of a folder.
  EEXIST: 'Something else is there already: give another path, or move it away.',
  ENOTDIR: 'A file is where a folder is wanted: give another path, or move the file away.',
  ELOOP: 'Links lead in a circle there: give the path of what is meant.',
  ENAMETOOLONG: 'The path is too long for this machine: use a shorter one.',
  ENOMEM: 'The memory ran out: use a machine with more of it.',
}

/** `SYSTEM`: what the machine refused, when an error of Node says so; it is no fault of the program then. */
export function systemFailure(error: unknown): ActionError | undefined {
  if (!isSystemError(error)) return undefined
  const hint = remedies[error.code]
  return hint === undefined ? undefined : new ActionError('SYSTEM', error.message, {hint, cause: error})
}

function isSystemError(error: unknown): error is {readonly code: string; readonly message: string} {
  if (typeof error !== 'object' || error === null) return false
  const {code, message, syscall} = error as Readonly<Record<string, unknown>>
  return typeof code === 'string' && typeof message === 'string' && typeof syscall === 'string'
}

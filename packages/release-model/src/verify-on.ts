import type {Platform} from './platform'

/**
 * The platforms on which files are started unless the setting `verify-on` says otherwise: those on which starting was tried on
 * real machines (docs/decisions/0020-sealed-files.md).
 */
export const defaultVerifyOn = ['linux/amd64', 'linux/arm64'] as const satisfies readonly Platform[]

import {ActionError} from '@mcp-release/action-kit/errors'

/** What is known of a call that did not succeed. */
export interface FailureFacts {
  /** HTTP status; absent when there was no answer. */
  readonly status?: number
  /** Whether another attempt, with a new login, may do better. */
  readonly isTransient: boolean
  readonly hint?: string
}

/** A call to an MCP Registry that did not succeed. Codes: `REGISTRY` for what it refused, `LOGIN` for the login. */
export class RegistryFailure extends ActionError {
  readonly status: number | undefined
  readonly isTransient: boolean

  constructor(code: 'REGISTRY' | 'LOGIN', message: string, {status, isTransient, hint}: FailureFacts) {
    super(code, message, hint === undefined ? {} : {hint})
    this.status = status
    this.isTransient = isTransient
  }

  /** Whether the registry may have done what it was asked for all the same. */
  get isUncertain(): boolean {
    return this.status === undefined || this.status >= 500
  }

  /** Whether the version is there already (internal/database/database.go of the registry). */
  get isDuplicate(): boolean {
    return this.status === 400 && /duplicate version/.test(this.message)
  }
}

// What the registry's validators of packages say when the cause may pass by itself (internal/validators/registries).
const transient =
  /newly published release can take a moment|Likely transient, retry later|please retry shortly|timed out after|failed to fetch (package metadata|OCI image)|failed to verify MCPB package accessibility/

/** Whether an answer may be another one a little later; 401 is, because each attempt logs in anew. */
export function isTransientAnswer(status: number, words: string): boolean {
  return (
    status === 401 || status === 408 || status === 429 || status >= 500 || (status === 400 && transient.test(words))
  )
}

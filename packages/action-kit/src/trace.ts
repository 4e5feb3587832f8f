import {appendFile} from 'node:fs/promises'
import type {Environment} from './inputs'

/**
 * Does what waits for a program, and tells `mcp-release snapshot` when that was: the rest of a step's time is the action's
 * own.
 */
export async function traced<T>(env: Environment, program: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now()
  try {
    return await work()
  } finally {
    const file = env['MCP_RELEASE_TRACE'] ?? ''
    if (file !== '') await appendFile(file, `${JSON.stringify({program, started, ended: Date.now()})}\n`)
  }
}

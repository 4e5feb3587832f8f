import {join} from 'node:path'
import {ActionError, type Host} from '@mcp-release/action-kit'
import {ensurePythonTools} from '@mcp-release/tools'
import {type Launch, cannot} from './launch'
import {decisiveLine} from './matrix/decisive-line'

/** The path of uv: the one on PATH, else the pinned one, which the first bundle that needs it brings into the tool cache. */
export async function findUv(host: Host): Promise<string | Launch> {
  const installed = await host.which('uv')
  if (installed !== undefined) return installed
  try {
    const {bin} = await ensurePythonTools(host, 'uv')
    return join(bin, host.platform.os === 'windows' ? 'uv.exe' : 'uv')
  } catch (error) {
    // Another file than the pinned one is no lack of this machine.
    if (!(error instanceof ActionError) || error.code === 'CHECKSUM') throw error
    return cannot(
      `uv is not installed, and cannot be brought: ${decisiveLine(error.message)}`,
      'Install uv, or Python from 3.10 with pip.',
    )
  }
}

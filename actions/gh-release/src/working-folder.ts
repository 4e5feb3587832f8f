import {resolve} from 'node:path'
import type {Host} from '@mcp-release/action-kit'

/** A path that starts in the working directory, for messages as the user wrote it where that is the workspace. */
export function pathFrom(host: Host, folder: string, path: string): string {
  return folder === host.workspace ? path : resolve(folder, path)
}

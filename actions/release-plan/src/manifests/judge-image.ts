import type {Platform} from '@mcp-release/release-model'
import type {Buildable} from '../jobs'
import {listsImage} from './server-entries'
import type {Verdict} from './verdict'

/** An image that server.json lists must be there for the one platform that the registry reads. */
export function judgeImage(each: Buildable, serverJson: string | undefined, platforms: readonly Platform[]): Verdict {
  if (!listsImage(serverJson, each) || platforms.includes('linux/amd64')) return {stops: [], findings: []}
  const text =
    `server.json: lists the image ${each.name}, which is built for ${platforms.join(', ')} and not for linux/amd64, the one that the registry reads\n` +
    'Add linux/amd64 to image-platforms.'
  return {stops: [{code: 'SERVER_JSON', text}], findings: []}
}

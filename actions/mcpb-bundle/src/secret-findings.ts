import type {Finding} from '@mcp-release/action-kit'
import type {Bundle} from '@mcp-release/mcpb'
import {secretFiles} from '@mcp-release/release-model'

// What was installed is public where it came from.
const installed = /(?:^|\/)(?:node_modules|site-packages|server\/lib)\//

/** The files of a bundle that must not be published, without those of its dependencies. */
export function secretFindings({files}: Pick<Bundle, 'files'>): readonly Finding[] {
  const own = files.filter(({name}) => !installed.test(name))
  return secretFiles(own).map(({name, reason, amongTests}) =>
    amongTests
      ? {level: 'warning', text: `${name} ${reason}; among tests that may be meant so`}
      : {
          level: 'error',
          text: `${name} ${reason}\nLeave it out by .mcpbignore, and change what it protects if it was ever published.`,
        },
  )
}

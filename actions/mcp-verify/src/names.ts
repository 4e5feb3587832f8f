import type {Content} from './candidate'
import type {Settings} from './inputs'

/** The names by which a server may call itself. */
export function namesOf(content: Content | undefined, {serverName, serverJson}: Settings) {
  if (serverName !== undefined) return {any: [serverName], strict: true}
  const registered = serverJson === undefined ? [] : [serverJson.name, serverJson.title ?? serverJson.name]
  const packaged = content !== undefined && 'name' in content ? [content.name] : []
  const commands =
    content?.kind === 'wheel' ? content.scripts : content?.kind === 'npm' ? Object.keys(content.bins) : []
  const all = [...registered, ...packaged, ...commands]
  return {any: [...new Set([...all, ...all.map(name => name.replace(/^.*\//, ''))])], strict: false}
}

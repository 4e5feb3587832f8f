import {skipOptions} from './options'
import {type StartTarget, sameName} from './target'

const valued =
  '-e --env --env-file -v --volume --mount -p --publish --name --network --net --platform -u --user -w --workdir --entrypoint --add-host -l --label -m --memory --cpus --restart -h --hostname --security-opt --cap-add --cap-drop --tmpfs --ulimit --device --gpus --log-driver --log-opt --shm-size --pids-limit --ipc --pid --runtime --stop-timeout --dns --link'.split(
    ' ',
  )

/** What `docker run` gives to the entrypoint of an image that is the package's. */
export function dockerRun(words: readonly string[], target: StartTarget) {
  const verb = words.indexOf('run')
  if (verb < 0 || verb > 2) return undefined
  const {rest, given} = skipOptions(words.slice(verb + 1), {valued})
  const [image = '', ...args] = rest
  if (image === '' || !isOwnImage(image, target)) return undefined
  const env = given
    .filter(([name]) => name === '-e' || name === '--env')
    .map(([, text]): readonly [string, string] => {
      const cut = text.indexOf('=')
      // Without a value it is taken over from the client's own configuration.
      return cut < 0 ? [text, ''] : [text.slice(0, cut), text.slice(cut + 1)]
    })
  const by = target.ecosystem === 'oci' ? 'own' : 'image'
  return {args, env: Object.fromEntries(env.filter(([, value]) => value !== '')), by} as const
}

function isOwnImage(image: string, {name, executables, alone}: StartTarget): boolean {
  const base = image
    .replace(/@.*$/, '')
    .replace(/:[^/]*$/, '')
    .replace(/^.*\//, '')
  const own = [name.replace(/^.*\//, ''), ...executables]
  return own.some(each => sameName(each, base)) || (alone && own.some(each => related(each, base)))
}

// `mcp/time` is the image of `mcp-server-time`.
function related(one: string, other: string): boolean {
  const words = (name: string) =>
    name
      .toLowerCase()
      .split(/[-_.]+/)
      .filter(word => word !== 'mcp' && word !== 'server')
  const [mine, theirs] = [words(one), words(other)]
  return mine.length > 0 && mine.join('-') === theirs.join('-')
}

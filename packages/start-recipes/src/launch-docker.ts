import {type Launcher, type Reading, isLaunch} from './launch-kinds'
import {skipOptions} from './options'
import {type StartTarget, lastPart, sameName} from './target'

// https://docs.docker.com/reference/cli/docker/container/run/
const valued =
  '-a --add-host --annotation --attach --blkio-weight -c --cap-add --cap-drop --cgroup-parent --cgroupns --cidfile --cpu-period --cpu-quota --cpu-shares --cpus --cpuset-cpus --cpuset-mems --device --dns --dns-option --dns-search -e --entrypoint --env --env-file --expose --gpus --group-add -h --health-cmd --health-interval --health-retries --health-timeout --hostname --ip --ip6 --ipc --isolation -l --label --label-file --link --log-driver --log-opt -m --mac-address --memory --memory-reservation --memory-swap --mount --name --net --network --network-alias --oom-score-adj -p --pid --pids-limit --platform --publish --pull --restart --runtime --security-opt --shm-size --stop-signal --stop-timeout --storage-opt --sysctl --tmpfs -u --ulimit --user --userns --uts -v --volume --volume-driver --volumes-from -w --workdir'.split(
    ' ',
  )
// https://docs.docker.com/reference/cli/docker/compose/
const composed = ['-f', '--file', '-p', '--project-name', '--project-directory', '--profile', '--env-file', '--ansi']

/** What `docker run`, `docker compose run` and `docker exec` give to the package's server. */
export const docker: Launcher = (words, target, read) => {
  const {rest} = skipOptions(words, {valued: ['--context', '-c', '-H', '--host', '--config', '-l', '--log-level']})
  const [verb, ...behind] = rest[0] === 'container' ? rest.slice(1) : rest
  if (verb === 'compose') return compose(behind, target, read)
  if (verb === 'exec') return read(skipOptions(behind, {valued}).rest.slice(1), target)
  if (verb !== 'run') return undefined
  const {rest: image, given} = skipOptions(behind, {valued})
  const [name = '', ...args] = image
  if (name === '' || !isOwnImage(name, target)) return undefined
  const entrypoint = given.find(([option]) => option === '--entrypoint')?.[1] ?? ''
  const reading = entrypoint === '' ? inImage(args, target) : instead([entrypoint, ...args], target, read)
  return isLaunch(reading) ? {...reading, env: {...reading.env, ...variables(given)}} : reading
}

/** `docker-compose run SERVICE`, and the same of Podman. */
export const compose: Launcher = (words, target, read) => {
  const {rest} = skipOptions(words, {valued: composed})
  if (rest[0] === 'exec') return read(skipOptions(rest.slice(1), {valued}).rest.slice(1), target)
  if (rest[0] !== 'run') return undefined
  const {rest: behind, given} = skipOptions(rest.slice(1), {valued})
  const [service = '', ...args] = behind
  if (service === '' || !isOwnService(service, target)) return undefined
  return {...inImage(args, target), env: variables(given)}
}

function inImage(args: readonly string[], target: StartTarget) {
  return {args, env: {}, by: target.ecosystem === 'oci' ? 'own' : 'image'} as const
}

// What an image starts by itself is not known where a command is put in its place.
function instead(argv: readonly string[], target: StartTarget, read: Parameters<Launcher>[2]): Reading {
  const reading = target.ecosystem === 'oci' ? undefined : read(argv, target)
  return isLaunch(reading) ? {...reading, by: 'image'} : undefined
}

function variables(given: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  const texts = given.flatMap(([name, value]) =>
    name === '-e' || name === '--env' ? [value] : /^-e[A-Za-z_]/.test(name) ? [`${name.slice(2)}=${value}`] : [],
  )
  const pairs = texts.map((text): readonly [string, string] => {
    const cut = text.indexOf('=')
    // Without a value it is taken over from the client's own configuration.
    return cut < 0 ? [text, ''] : [text.slice(0, cut), text.slice(cut + 1)]
  })
  return Object.fromEntries(pairs.filter(([, value]) => value !== ''))
}

function isOwnImage(image: string, {name, executables, alone}: StartTarget): boolean {
  const base = lastPart(image.replace(/@.*$/, '').replace(/:[^/]*$/, ''))
  const own = [lastPart(name), ...executables]
  return own.some(each => sameName(each, base)) || (alone && own.some(each => isRelated(each, base)))
}

// Services are called after what they do.
function isOwnService(service: string, target: StartTarget): boolean {
  return (
    isOwnImage(service, target) || (target.alone && /^(?:app|server|mcp|mcp[-_]?server|main|service)$/i.test(service))
  )
}

/** Whether two names differ in nothing but the words that all servers have: `mcp/time` is the image of `mcp-server-time`. */
export function isRelated(one: string, other: string): boolean {
  const [mine, theirs] = [plainWords(one), plainWords(other)]
  return mine.length > 0 && mine.join('-') === theirs.join('-')
}

function plainWords(name: string): readonly string[] {
  return name
    .toLowerCase()
    .split(/[-_.]+/)
    .filter(word => word !== 'mcp' && word !== 'server')
}

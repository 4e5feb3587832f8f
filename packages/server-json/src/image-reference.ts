import {goUrl} from './go-url'

/** An image as server.json names it. */
export interface ImageReference {
  /** With the registry's host, when it has one. */
  readonly repository: string
  readonly tag?: string
  /** `sha256:…`, as it is written: whether it is one says `imageProblem`. */
  readonly digest?: string
}

/** Splits `registry/owner/image:tag@digest`; a colon before the last slash belongs to a port. */
export function imageReference(text: string): ImageReference {
  const [, repository = text, tag, digest] = /^([^@]+?)(?::([^/:@]*))?(?:@(.*))?$/s.exec(text) ?? []
  return {repository, ...(tag === undefined ? {} : {tag}), ...(digest === undefined ? {} : {digest})}
}

/** The host of an image's registry; `undefined` for names without one, which are those of Docker Hub. */
export function registryHost({repository}: ImageReference): string | undefined {
  const [first = '', ...rest] = repository.split('/')
  return rest.length > 0 && (/[.:]/.test(first) || first === 'localhost') ? first : undefined
}

/** Whether two repositories are the same one, also when only one is written with the host of Docker Hub. */
export function sameRepository(one: string, other: string): boolean {
  return fullName(one) === fullName(other)
}

function fullName(repository: string): string {
  const {host, path} = placeOf({repository})
  return `${host}/${host === hub && !path.includes('/') ? 'library/' : ''}${path}`
}

const hub = 'index.docker.io'

function placeOf(image: ImageReference) {
  const host = registryHost(image)
  const path = host === undefined ? image.repository : image.repository.slice(host.length + 1)
  return {host: host === undefined || host === 'docker.io' ? hub : host, path}
}

// https://github.com/opencontainers/go-digest: the algorithms that it knows, and their length in hex.
const digest = /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/
const hosts = [hub, 'registry-1.docker.io', 'ghcr.io', 'quay.io', 'mcr.microsoft.com']
const endings = ['.pkg.dev', '.azurecr.io']

/**
 * Why the registry refuses an image before it looks for it; `undefined` when it does not. The syntax is that of
 * https://pkg.go.dev/github.com/google/go-containerregistry/pkg/name#ParseReference, the hosts are those of
 * https://github.com/modelcontextprotocol/registry/blob/main/internal/validators/registries/oci.go.
 */
export function imageProblem(text: string): string | undefined {
  if (/^https?:\/\//.test(text)) return 'is a URL; write the image without https://'
  const image = imageReference(text)
  const {host, path} = placeOf(image)
  if (!/^[a-z0-9_./-]{1,255}$/.test(path))
    return `${JSON.stringify(text)} is not the name of an image; it is made of lower-case letters, digits and _ - . /`
  if (image.tag !== undefined && !/^[\w.-]{1,128}$/.test(image.tag))
    return `has the tag ${JSON.stringify(image.tag)}; a tag has 1 to 128 letters, digits and _ - .`
  if (image.digest !== undefined && !digest.test(image.digest))
    return `has the digest ${JSON.stringify(image.digest)}; a digest is sha256: and 64 hex digits in lower case`
  const isListed = hosts.includes(host) || endings.some(each => host.endsWith(each))
  if (isListed && goUrl(`//${host}`)?.host === host) return undefined
  const list = ['docker.io', 'ghcr.io', 'quay.io', 'mcr.microsoft.com', ...endings.map(each => `*${each}`)].join(', ')
  return `is an image of ${host}; the registry takes only images of ${list}`
}

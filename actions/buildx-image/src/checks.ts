import type {Finding} from '@mcp-release/action-kit'
import type {Facts} from './facts'
import type {Request} from './inputs'
import {isoTime, labelsOf} from './labels'
import type {Layout, PlatformImage} from './layout'
import {normalizedPlatform} from './platforms'

/** What is wrong or odd before anything is built. */
export function checkRequest(request: Request, facts: Facts): readonly Finding[] {
  const secret =
    /(?:^|_)(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY)(?:_|$)/i
  const secrets = request.buildArgs
    .filter(([name]) => secret.test(name))
    .map(([name]) =>
      warning(
        `build-args: ${name} looks like a secret; whoever has the image can read build arguments\n` +
          'Mount secrets instead (RUN --mount=type=secret), and change this one if it was ever used here.',
      ),
    )
  const unused = request.buildArgs
    .filter(([name]) => !request.content.args.has(name) && !/^(?:BUILDKIT_|(?:https?|ftp|no|all)_proxy$)/i.test(name))
    .map(([name]) => warning(`build-args: ${name} is not used, the Containerfile has no ARG of this name`))
  return [...secrets, ...unused, ...labelsOf(request, facts).findings]
}

/** What is wrong or odd with what was built. */
export function checkImage({images}: Layout, request: Request, facts: Facts): readonly Finding[] {
  const wanted = request.platforms.map(normalizedPlatform)
  const built = images.map(({platform}) => platform)
  const missing = wanted.filter(platform => !built.includes(platform))
  const surplus = built.filter(platform => !wanted.includes(platform))
  return [
    ...missing.map(platform =>
      error(
        `${platform}: is not in the image\nLook in the log whether the builder left it out, or take it out of \`platforms\`.`,
      ),
    ),
    ...surplus.map(platform =>
      error(
        `${platform}: is in the image, but nobody asked for it\nName it in \`platforms\`, or let FROM name no platform.`,
      ),
    ),
    ...images.flatMap(image => [...checkLabels(image, request, facts), ...checkUser(image)]),
  ]
}

function checkLabels({platform, labels, created}: PlatformImage, request: Request, facts: Facts): readonly Finding[] {
  const time = isoTime(facts.time)
  return [
    ...labelsOf(request, facts)
      .labels.filter(([name, value]) => labels.get(name) !== value)
      .map(([name, value]) =>
        error(
          `${platform}: the label ${name} is ${shown(labels.get(name))}, not ${JSON.stringify(value)}\n` +
            'The builder did not take the --label of this build: use BuildKit 0.13 or newer.',
        ),
      ),
    ...(created === undefined || created === time
      ? []
      : [
          error(
            `${platform}: says that it was created at ${created}, not at ${time}\n` +
              'BuildKit is too old for SOURCE_DATE_EPOCH: 0.13 or newer is needed.',
          ),
        ]),
  ]
}

function checkUser({platform, user}: PlatformImage): readonly Finding[] {
  if (!/^(?:|root|0)(?::.*)?$/.test(user)) return []
  return [warning(`${platform}: the server runs as root; end the Containerfile with USER 65532:65532 or another user`)]
}

const error = (text: string): Finding => ({level: 'error', text})
const warning = (text: string): Finding => ({level: 'warning', text})

function shown(value: string | undefined): string {
  return value === undefined ? 'missing' : JSON.stringify(value)
}

import type {FailedAnswer, Outcome} from './call-failure'

/** `POST /repos/o/r/releases answered 422: Validation Failed: … (request F0E6:1)`; a page of HTML becomes its title. */
export function answerMessage(answer: FailedAnswer): string {
  const id = answer.headers['x-github-request-id']
  const request = id === undefined ? '' : ` (request ${id})`
  return `${answer.call} answered ${answer.status}: ${bodyWords(answer.body)}${request}`
}

function bodyWords(body: unknown): string {
  if (typeof body === 'string') return pageWords(body)
  if (typeof body !== 'object' || body === null) return 'no message'
  const {message, errors} = body as {readonly message?: unknown; readonly errors?: unknown}
  const words = typeof message === 'string' ? oneLine(message) : 'no message'
  return Array.isArray(errors) && errors.length > 0 ? `${words}: ${errors.map(problemWords).join('; ')}` : words
}

function problemWords(problem: unknown): string {
  if (typeof problem === 'string') return oneLine(problem)
  const {resource, field, code, message} = (problem ?? {}) as Readonly<Record<string, unknown>>
  const place = [resource, field].filter(part => typeof part === 'string').join('.')
  const words = [code === 'custom' ? undefined : code, message].filter(part => typeof part === 'string').join(' ')
  return oneLine([place, words].filter(part => part !== '').join(' '))
}

function pageWords(text: string): string {
  if (!/<(!doctype|html|head|body)\b/i.test(text)) return oneLine(text) || 'no message'
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1]?.trim()
  return title ? `a page titled ${JSON.stringify(oneLine(title))}` : 'a page of HTML'
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 500 ? `${line.slice(0, 500)}…` : line
}

// The words of https://docs.github.com/rest/releases/releases; the first that fits counts.
const remedies: readonly (readonly [RegExp, string])[] = [
  [
    /used by an immutable release/,
    'An immutable release with this tag was deleted, so the tag can never be released again: release a new version.',
  ],
  [
    /immutable release|release is immutable/,
    'An immutable release takes no changes. Upload everything to the draft first (publish: false), or release a new version.',
  ],
  [
    /creations? being restricted|Cannot create ref/i,
    'A rule of the repository forbids this tag to be made. Push the tag first, or let the token pass the rule.',
  ],
  [
    /target_commitish/,
    'The tag is not on GitHub, and neither is the commit or branch that it would get: push the tag, or the commit, or correct `target-commitish`.',
  ],
  [/previous_tag_name/, 'The tag in `previous-tag` is not on GitHub: push it, correct it, or leave it out.'],
  [
    /Latest release cannot be/i,
    'A draft or pre-release is never the latest one: leave `make-latest` at auto, or set it to false.',
  ],
  [/body is too long/, 'Shorten the notes: put the rest into a file of the release, or link to it.'],
]

/** What a user can do about an answer. */
export function hintFor(answer: FailedAnswer, outcome: Outcome, readyAt?: number): string | undefined {
  if (outcome === 'limited') {
    const time = readyAt === undefined ? 'later' : `after ${new Date(readyAt).toISOString().replace(/\.\d+Z$/, 'Z')}`
    return `The rate limit did not end in time. Run the job again ${time}: what is done is recognised.`
  }
  if (outcome === 'unknown') return 'The server failed again and again. Run the job again: what is done is recognised.'
  const words = answerMessage(answer)
  const known = remedies.find(([rule]) => rule.test(words))
  if (known !== undefined) return known[1]
  if (answer.status === 401) return 'The token is wrong, expired or for another server. Check the input `token`.'
  if (answer.status === 403 || answer.status === 404) return permissionHint(answer)
  return undefined
}

function permissionHint({headers, call, status}: FailedAnswer): string {
  const accepted = headers['x-accepted-github-permissions']
  const told = accepted === undefined ? [] : [`GitHub accepts the permissions ${accepted}.`]
  const workflows = accepted?.includes('workflows=write') === true
  const reason = workflows
    ? [
        'The commit changes workflow files: GITHUB_TOKEN may not tag it. Push the tag first, or use a token with workflows: write.',
      ]
    : []
  const sso =
    headers['x-github-sso'] === undefined
      ? []
      : ['The token is not authorised for the single sign-on of the organisation.']
  const category = /^(?:POST|PATCH) \S+\/releases(?:\/\d+)?$/.test(call)
    ? ['With `discussion-category`, it may also be that the repository has no such category.']
    : []
  return [
    `The token may not do this (${call.split(' ')[0] ?? ''}), or the repository has another name. The job needs:`,
    'permissions:',
    '  contents: write',
    ...told,
    ...reason,
    ...sso,
    ...(status === 404 ? category : []),
  ].join('\n')
}

/** One entry of `errors` in GitHub's answer to an unprocessable request. */
export interface Problem {
  readonly resource: 'Release' | 'ReleaseAsset'
  readonly code: 'already_exists' | 'custom' | 'invalid' | 'missing_field'
  readonly field?: string
  readonly message?: string
}

const documentation = 'https://docs.github.com/rest'

/** A refusal in the shape in which GitHub answers it. */
export class ApiError extends Error {
  readonly body: Readonly<Record<string, unknown>>

  constructor(
    readonly status: number,
    message: string,
    details: {readonly errors?: readonly Problem[]; readonly headers?: Readonly<Record<string, string>>} = {},
  ) {
    super(message)
    this.name = 'ApiError'
    this.headers = details.headers ?? {}
    const errors = details.errors === undefined ? {} : {errors: details.errors}
    this.body = {message, ...errors, documentation_url: documentation, status: String(status)}
  }

  readonly headers: Readonly<Record<string, string>>
}

/** 404, which GitHub also gives for what the token may not see. */
export const notFound = (): ApiError => new ApiError(404, 'Not Found')

/** 422 with all problems at once. */
export const validationFailed = (errors: readonly Problem[]): ApiError =>
  new ApiError(422, 'Validation Failed', {errors})

/** Throws one refusal for all problems, if there are any. */
export function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw validationFailed(problems)
}

import {suiteName, suiteRef, suiteWorkflow} from './act-suite'
import {callerWorkflow} from './release-stand-repository'

/** A tag that was pushed. */
export interface TagEvent {
  /** `owner/name`. */
  readonly repository: string
  readonly tag: string
  readonly commit: string
}

const owner = ({repository}: TagEvent): string => repository.slice(0, repository.indexOf('/'))
const callerRef = ({repository, tag}: TagEvent): string => `${repository}/${callerWorkflow}@refs/tags/${tag}`

/** The event as GitHub describes it, as far as act and the actions read it. */
export function pushEvent(event: TagEvent): object {
  const {repository, tag, commit} = event
  return {
    ref: `refs/tags/${tag}`,
    after: commit,
    created: true,
    deleted: false,
    repository: {
      full_name: repository,
      name: repository.slice(repository.indexOf('/') + 1),
      default_branch: 'main',
      owner: {login: owner(event)},
    },
  }
}

/** Variables that every step has on GitHub and that act does not set by itself. */
export function stepVariables(event: TagEvent, run: string): Readonly<Record<string, string>> {
  return {
    GITHUB_RUN_ID: run,
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_WORKFLOW_REF: callerRef(event),
    GITHUB_WORKFLOW_SHA: event.commit,
    RUNNER_ENVIRONMENT: 'github-hosted',
  }
}

/** What the identity token of a job in the reusable workflow says: the certificate names the called workflow. */
export function jobClaims(event: TagEvent): Readonly<Record<string, string>> & {readonly job_workflow_ref: string} {
  const ref = `refs/tags/${event.tag}`
  return {
    sub: `repo:${event.repository}:ref:${ref}`,
    repository: event.repository,
    repository_owner: owner(event),
    ref,
    ref_type: 'tag',
    sha: event.commit,
    workflow: 'release',
    workflow_ref: callerRef(event),
    workflow_sha: event.commit,
    job_workflow_ref: `${suiteName}/${suiteWorkflow}@refs/tags/${suiteRef}`,
    job_workflow_sha: event.commit,
    event_name: 'push',
  }
}

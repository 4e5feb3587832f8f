import type {Actor} from './actors'
import type {Repository} from './model'
import {userJson, type Addresses} from './representation'

// Links of a repository that only append to its API address.
const links: Readonly<Record<string, string>> = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
}

const counters = ['forks', 'forks_count', 'open_issues', 'open_issues_count', 'network_count', 'subscribers_count']

const zero = (names: readonly string[]) => Object.fromEntries(names.map(name => [name, 0]))

/** A repository as the API shows it: empty of everything that is not a release. */
export function repositoryJson(repository: Repository, actor: Actor, at: Addresses): Readonly<Record<string, unknown>> {
  const fullName = `${repository.owner}/${repository.name}`
  const [api, web, created] = [
    `${at.api}/repos/${fullName}`,
    `${at.web}/${fullName}`,
    repository.createdAt.toISOString(),
  ]
  return {
    id: repository.id,
    node_id: Buffer.from(`Repository:${repository.id}`).toString('base64url'),
    name: repository.name,
    full_name: fullName,
    private: repository.isPrivate,
    owner: userJson(repository.owner, at),
    html_url: web,
    description: null,
    fork: false,
    url: api,
    ...Object.fromEntries(Object.entries(links).map(([name, path]) => [name, `${api}${path}`])),
    clone_url: `${web}.git`,
    git_url: `${web}.git`,
    ssh_url: `${web}.git`,
    svn_url: web,
    homepage: null,
    language: null,
    mirror_url: null,
    license: null,
    default_branch: repository.defaultBranch,
    ...zero([...counters, 'stargazers_count', 'watchers', 'watchers_count', 'size']),
    has_issues: false,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_discussions: repository.discussionCategories.size > 0,
    archived: false,
    disabled: false,
    pushed_at: created,
    created_at: created,
    updated_at: created,
    ...(actor.token === undefined ? {} : {permissions: {admin: false, push: actor.write, pull: true}}),
  }
}

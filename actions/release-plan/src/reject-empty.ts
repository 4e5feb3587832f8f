import {ActionError} from '@mcp-release/action-kit'
import type {Facts} from './plan'
import {seenInstead} from './seen-instead'
import type {Selection} from './select-packages'

/** Throws the error of a repository without a package: what was passed over, what was seen instead, and what to add. */
export function rejectEmpty({folder, tree}: Facts, {skipped, problems}: Selection): never {
  // What is left out by the settings shows that there are packages.
  const isAsked = skipped.some(({reason}) => reason.includes('the settings'))
  const read = problems.flatMap(problem => /^([^:\s]+): /.exec(problem)?.[1] ?? [])
  const known = new Set([...skipped.map(({subject}) => subject), ...read])
  const seen = isAsked ? [] : seenInstead(tree, {repository: folder, known})
  const passed = [...skipped, ...seen].map(({subject, reason, hint = usualRemedy(subject)}) => {
    const remedy = hint === undefined ? '' : `\n${hint.replaceAll(/^(?=.)/gm, '  ')}`
    return `- ${subject}: ${reason}${remedy}`
  })
  throw new ActionError(
    'EMPTY',
    [`no package to release in ${folder}`, ...passed, ...problems.map(each => `- ${each}`)].join('\n'),
    {
      hint: isAsked
        ? 'Change `packages`, `programs` or `exclude` in .github/mcp-release.yml, or the inputs of the same names.'
        : 'A package is a pyproject.toml with a name, a package.json with name and version, a go.mod with a package main, a Cargo.toml with a binary, or a Containerfile.',
    },
  )
}

// Where there is a package besides, each of these is meant so; alone it is what is missing.
function usualRemedy(subject: string): string | undefined {
  const [name = ''] = /[^/]+$/.exec(subject) ?? []
  return {
    'package.json': 'To release it, give it "name", "version" and "bin", and no "private".',
    'Cargo.toml': 'To release it, give it a program: src/main.rs, or a [[bin]].',
    'go.mod': 'To release it, give it a program: main.go, or cmd/NAME/main.go, with package main and func main().',
    'pyproject.toml': 'To release it, take that out, and give it [build-system] and [project.scripts].',
  }[name]
}

import {copyFile, cp, mkdir, readFile, readdir, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'

/** The suite's own name on the forge, as callers write it. */
export const suiteName = 'mcp-release/mcp-release'
/** The tag that callers write. */
export const suiteRef = 'v1'
/** The reusable workflow. */
export const suiteWorkflow = '.github/workflows/release.yml'

/**
 * Copies what a runner needs of the suite: contracts, bundles and the reusable workflow. act rejects `$/actions/x`
 * ("the same repository at the same commit"), so that one form is spelled out; nothing else is changed.
 */
export async function exportSuite(checkout: string, directory: string): Promise<void> {
  await mkdir(join(directory, dirname(suiteWorkflow)), {recursive: true})
  const workflow = await readFile(join(checkout, suiteWorkflow), 'utf8')
  await writeFile(join(directory, suiteWorkflow), spellOut(workflow))
  for (const action of await readdir(join(checkout, 'actions'))) {
    const contract = join('actions', action, 'action.yml')
    await mkdir(join(directory, dirname(contract)), {recursive: true})
    await copyFile(join(checkout, contract), join(directory, contract)).catch(ignoreMissing)
  }
  await cp(join(checkout, 'dist'), join(directory, 'dist'), {recursive: true})
}

/** `$/actions/x` as `owner/repo/actions/x@ref`. */
export function spellOut(workflow: string): string {
  return workflow.replace(/uses: \$\/(actions\/[a-z-]+)$/gm, `uses: ${suiteName}/$1@${suiteRef}`)
}

/** Every `owner/repo@ref` that a workflow uses; act needs a folder for each, even for steps that are skipped. */
export function usedRepositories(workflow: string): readonly string[] {
  const uses = [...workflow.matchAll(/^\s*(?:- )?uses: ([\w.-]+\/[\w.-]+)[^@\s]*@(\S+)/gm)]
  return [...new Set(uses.map(([, repository, ref]) => `${repository}@${ref}`))]
}

function ignoreMissing(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
}

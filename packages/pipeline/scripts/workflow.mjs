// @ts-check
// Writes what follows from src/pipeline.ts: the reusable workflow, and its tables in docs/workflow.md.
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {bundledPackage} from '../../devkit/lib/bundled-package.mjs'
import {replaceBlock} from '../../devkit/lib/render.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
const folder = mkdtempSync(join(tmpdir(), 'pipeline-'))
try {
  const {readPins, renderInputs, renderJobs, renderWorkflow} = await bundledPackage(
    join(root, 'packages/pipeline/src/github/index.ts'),
    folder,
  )
  const workflow = join(root, '.github/workflows/release.yml')
  write(workflow, renderWorkflow(readPins(readFileSync(workflow, 'utf8'))))
  const page = join(root, 'docs/workflow.md')
  let text = readFileSync(page, 'utf8')
  for (const [name, block] of Object.entries({inputs: renderInputs(), jobs: renderJobs()})) {
    text = replaceBlock({file: page, text, name, block})
  }
  write(page, text)
} finally {
  rmSync(folder, {recursive: true})
}

/** @param {string} file @param {string} text */
function write(file, text) {
  if (readFileSync(file, 'utf8') !== text) writeFileSync(file, text)
}

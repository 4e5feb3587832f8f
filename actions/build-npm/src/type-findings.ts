import type {Finding} from '@mcp-release/action-kit'
import {commonExports} from './common-js'
import {missingReferences, readDeclarations} from './declarations'
import {type EntryPoint, type PackedFiles, entryPoints, isEsModule} from './entry-points'

const shown = 5

/**
 * Where types promise what the program does not keep, of the kinds that break those who import the package
 * (https://github.com/arethetypeswrong/arethetypeswrong.github.io/tree/main/docs/problems: NamedExports,
 * FalseExportDefault, InternalResolutionError).
 */
export function typeFindings(file: string, files: PackedFiles): readonly Finding[] {
  const entries = entryPoints(files)
  const texts = entries.flatMap(entry => [...unnamed(entry, files), ...falseDefault(entry, files)])
  const told = [...texts, ...dangling(entries, files)]
  // Both ways to import the package mostly lead to the same files.
  return [...new Set(told)].map(text => ({level: 'warning', text: `${file}: ${text}`}))
}

// Node.js links the names of an ES module before it runs, and reads those of CommonJS from its text.
function unnamed({label, mode, program, types}: EntryPoint, files: PackedFiles): readonly string[] {
  if (mode !== 'import' || isEsModule(program, files) || isEsModule(types, files)) return []
  const found = commonExports(program, files.read)
  const declared = readDeclarations(types, files.read)
  if (found === undefined || declared.hasEquals) return []
  const missing = [...declared.values].filter(name => !found.names.has(name))
  if (missing.length === 0) return []
  const names = listed(missing)
  return [
    `${label}: its types ${types} export ${names}, which Node.js does not find in ${program}, a CommonJS module: import {${missing[0] ?? ''}} ends with a SyntaxError\n` +
      'Assign each by its name, as in exports.NAME = …, in code that can be read without running it, or publish an ES module for import.',
  ]
}

function falseDefault({label, program, types}: EntryPoint, files: PackedFiles): readonly string[] {
  if (isEsModule(program, files) || isEsModule(types, files)) return []
  const found = commonExports(program, files.read)
  const {hasDefault, hasEquals} = readDeclarations(types, files.read)
  if (found === undefined || !found.replaced || !hasDefault || hasEquals) return []
  if (found.names.has('default') || found.names.has('__esModule')) return []
  return [
    `${label}: its types ${types} have export default, and ${program} sets module.exports: what TypeScript imports as default is not there\n` +
      'Write export = in the types, or exports.default = … in the program.',
  ]
}

function dangling(entries: readonly EntryPoint[], files: PackedFiles): readonly string[] {
  const starts = [...new Set(entries.map(({types}) => types))]
  const isModule = (file: string) => isEsModule(file, files)
  const missing = starts.flatMap(types => missingReferences(types, files.read, {isModule}))
  const texts = [...new Set(missing.map(({file, specifier}) => `${file} takes from ${JSON.stringify(specifier)}`))]
  if (texts.length === 0) return []
  const extension = missing.some(({file}) => isModule(file))
    ? '; in ES modules the extension has to be written, as in "./file.js"'
    : ''
  return [
    `types: ${listed(texts)}, which is no file of the package, so that TypeScript knows nothing of it\n` +
      `Take the file into the package, or correct the reference${extension}.`,
  ]
}

function listed(all: readonly string[]): string {
  const more = all.length > shown ? ` and ${all.length - shown} more` : ''
  return `${all.slice(0, shown).join(', ')}${more}`
}

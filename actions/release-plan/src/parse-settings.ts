import type {ReleaseSettings} from '@mcp-release/release-model'
import {LineCounter, type YAMLError, isMap, isScalar, parseDocument} from 'yaml'
import {SettingsPosition} from './settings-position'
import {checkedSettings, settingsProblems} from './settings-problems'

/** Bytes; thousands of packages fit into it. */
const largest = 1e6

/**
 * Reads the text of a settings file (YAML 1.2). Adds each problem with file, line, value and what is allowed; a file
 * without any field says nothing.
 */
export function parseSettings(
  {file, text}: {readonly file: string; readonly text: string},
  problems: string[],
): ReleaseSettings {
  if (text.length > largest) {
    problems.push(`${file}: has ${text.length} characters, and at most ${largest} are read`)
    return {}
  }
  const lines = new LineCounter()
  const document = parseDocument(text, {lineCounter: lines, prettyErrors: false, stringKeys: true})
  const faults = [...document.errors, ...document.warnings].map(error => ({
    line: lines.linePos(error.pos[0]).line,
    text: yamlWords(error, text),
  }))
  // With other errors than doubled fields, what was read is not what was meant.
  const isReadable = document.errors.every(({code}) => code === 'DUPLICATE_KEY')
  const {contents} = document
  let value: unknown
  if (isReadable && contents !== null) {
    if (isMap(contents)) value = plainValue(() => document.toJS({maxAliasCount: 100}), faults)
    else if (!isScalar(contents) || contents.value !== null)
      faults.push({line: 1, text: 'must hold fields, such as `strict: true`'})
  }
  if (value !== undefined) faults.push(...settingsProblems(value, new SettingsPosition(document, lines)))
  faults.sort((one, other) => one.line - other.line)
  problems.push(...faults.map(fault => `${file}, line ${fault.line}: ${fault.text}`))
  return faults.length > 0 || value === undefined ? {} : checkedSettings(value)
}

// Aliases of aliases of aliases would fill the memory; `yaml` counts them.
function plainValue(read: () => unknown, faults: {line: number; text: string}[]): unknown {
  try {
    return read()
  } catch (error) {
    faults.push({line: 1, text: `its aliases cannot be resolved (${(error as Error).message}); write the values out`})
    return undefined
  }
}

function yamlWords({code, pos, message}: YAMLError, text: string): string {
  const word = /^[^\s:#,\]}]*/.exec(text.slice(pos[0]))?.[0] ?? ''
  if (code === 'DUPLICATE_KEY')
    return `${JSON.stringify(word.replace(/^["']|["']$/g, ''))} is there twice; keep one of them`
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here; the file holds one'
  return `is not valid YAML: ${message.split('\n')[0] ?? ''}`
}

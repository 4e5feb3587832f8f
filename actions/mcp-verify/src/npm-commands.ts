import {basename, join} from 'node:path'
import type {Finding} from '@mcp-release/action-kit'
import {type ProgramRun, executableFormat, printable} from '@mcp-release/mcp'
import {readShebang, shebangProblem} from '@mcp-release/release-model'
import type {Content} from './candidate'
import type {OtherCommand, Place} from './launch'

type NpmPackage = Extract<Content, {kind: 'npm'}>

/** An installed npm package whose commands are started. */
export interface InstalledBins {
  readonly place: Place
  readonly npm: NpmPackage
  /** The path of node. */
  readonly node: string
  /** The folder of the package. */
  readonly installed: string
}

/**
 * The command of a bin, as npx starts it: the link that npm made. On Windows npm writes a shim in its place, which calls
 * what the shebang says with the file itself (https://github.com/npm/cmd-shim).
 */
export function linked(
  command: string,
  {place: {host, folder}, npm, node, installed}: InstalledBins,
): readonly string[] {
  const link = join(folder, 'node_modules', '.bin', command)
  const file = npm.bins[command] ?? ''
  const shebang = readShebang(npm.starts[file] ?? new Uint8Array())
  if (host.platform.os === 'windows') {
    const program = join(installed, file)
    if (shebang === undefined) return [program]
    return [shebang.program === 'node' ? node : shebang.program, ...shebang.args, program]
  }
  // env finds no other name than that of the shebang on PATH; the matrix may run a node that is called otherwise.
  return shebang?.program === 'node' && basename(node) !== 'node' ? [node, ...shebang.args, link] : [link]
}

/** Why nobody can start a bin, whatever it is given. */
export async function commandProblem(
  command: string,
  {place: {host}, npm}: InstalledBins,
): Promise<{readonly problem: string; readonly hint: string} | undefined> {
  const file = npm.bins[command] ?? ''
  const content = npm.starts[file] ?? new Uint8Array()
  if (executableFormat(content) !== undefined) return undefined
  const said = `the bin ${command} (${file})`
  const shebang = readShebang(content)
  if (shebang === undefined) {
    const hint = 'Make this its first line, in the source as well: #!/usr/bin/env node'
    return {problem: `${said} has no shebang, so that the shell runs it, not node`, hint}
  }
  const found = shebangProblem(shebang)
  if (found !== undefined) return {problem: `${said} ${found.text}`, hint: found.hint}
  const {program, interpreter} = shebang
  const path = [interpreter, program].find(each => each.startsWith('/') && each !== '/usr/bin/env')
  if (path === undefined || host.platform.os === 'windows' || (await host.files.stat(path)) !== undefined) {
    return undefined
  }
  const hint = 'Make this its first line, in the source as well: #!/usr/bin/env node'
  return {problem: `${said} is run by ${path}, which is not on this machine`, hint}
}

/** The bins besides the server: each is asked for its version, which loads it. */
export function otherBins(command: string, start: InstalledBins): readonly OtherCommand[] {
  const {npm} = start
  const seen = new Set([npm.bins[command]])
  return Object.entries(npm.bins).flatMap(([name, file]) => {
    if (seen.has(file)) return []
    seen.add(file)
    const argv = [...linked(name, start), '--version']
    return [
      {name, argv, judge: run => absent(npm, file) ?? broken(npm, file) ?? judge(run, npm)} satisfies OtherCommand,
    ]
  })
}

function absent({files}: NpmPackage, file: string): Finding | undefined {
  return files.has(file) ? undefined : {level: 'error', text: `its file ${printable(file)} is not in the tarball`}
}

function broken({starts}: NpmPackage, file: string): Finding | undefined {
  const shebang = readShebang(starts[file] ?? new Uint8Array())
  const problem = shebang === undefined ? undefined : shebangProblem(shebang)
  return problem === undefined ? undefined : {level: 'error', text: `${printable(file)} ${problem.text}`}
}

// What Node.js says of a program that it cannot load, in the words before its last line.
const unloadable =
  /\b(?:ERR_MODULE_NOT_FOUND|MODULE_NOT_FOUND|ERR_REQUIRE_ESM|ERR_UNKNOWN_FILE_EXTENSION|ERR_PACKAGE_PATH_NOT_EXPORTED|ERR_UNSUPPORTED_DIR_IMPORT|ERR_INVALID_MODULE_SPECIFIER)\b|^SyntaxError\b|^ReferenceError: (?:require|module|exports|__dirname|__filename) is not defined in ES module scope/m

/** Whether a bin failed to load: an uncaught error of the module loader, with which Node.js ends. */
function judge({exit, stderr}: ProgramRun, {needs}: NpmPackage): Finding | undefined {
  if (exit?.error !== undefined) return {level: 'error', text: `cannot be started: ${exit.error}`}
  if (exit === undefined || exit.code === 0 || !/^Node\.js v\d/m.test(stderr)) {
    return exit?.code === 127 || exit?.code === 126 ? {level: 'error', text: printable(stderr.trim())} : undefined
  }
  const line = stderr.split(/\r?\n/).find(each => /^(?:\w*Error)\b.*/.test(each)) ?? ''
  if (!unloadable.test(stderr)) return undefined
  // An optional peer dependency is installed by who wants the command.
  const missing = /Cannot find (?:module|package) '([^']+)'/.exec(stderr)?.[1]
  const optional = missing !== undefined && needs.some(name => missing === name || missing.startsWith(`${name}/`))
  return {level: optional ? 'warning' : 'error', text: printable(line)}
}

import {execFile} from 'node:child_process'
import {mkdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {Client} from '@modelcontextprotocol/sdk/client/index.js'
import {StdioClientTransport} from '@modelcontextprotocol/sdk/client/stdio.js'

const run = promisify(execFile)

/** What a call of a tool gave, with what the server said of itself. */
export interface ToolAnswer {
  readonly server: {readonly name: string; readonly version: string}
  readonly result: unknown
}

/** Starts a server with the official client and calls one of its tools. */
export async function callTool(
  command: string,
  tool: string,
  input: Readonly<Record<string, unknown>>,
): Promise<ToolAnswer> {
  const client = new Client({name: 'end-to-end', version: '1.0.0'})
  await client.connect(new StdioClientTransport({command, stderr: 'ignore'}))
  try {
    const answer = await client.callTool({name: tool, arguments: {...input}})
    const {name = '', version = ''} = client.getServerVersion() ?? {}
    return {server: {name, version}, result: answer.structuredContent}
  } finally {
    await client.close()
  }
}

/** Installs a wheel as a user does, resolved anew in an environment of its own; returns the command. */
export async function installWheel(wheel: string, directory: string, command: string): Promise<string> {
  await run('python3', ['-m', 'venv', '--without-pip', directory])
  const pip = ['-m', 'pip', '--python', join(directory, 'bin/python'), '--disable-pip-version-check']
  await run('python3', [...pip, 'install', '--quiet', wheel])
  return join(directory, 'bin', command)
}

/** Installs an npm package from its tarball into an empty folder; returns the command. */
export async function installTarball(tarball: string, directory: string, command: string): Promise<string> {
  await mkdir(directory, {recursive: true})
  await writeFile(join(directory, 'package.json'), '{"private": true}')
  await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', tarball], {cwd: directory})
  return join(directory, 'node_modules/.bin', command)
}

/** Unpacks an archive; returns the command. */
export async function unpackArchive(archive: string, directory: string, command: string): Promise<string> {
  await mkdir(directory, {recursive: true})
  await run('tar', ['-xzf', archive, '-C', directory])
  return join(directory, command)
}

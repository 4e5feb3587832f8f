#!/usr/bin/env node
import {serveStdio} from '@modelcontextprotocol/server/stdio'

import {about} from './about.js'
import {createServer} from './server.js'

const usage = `usage: mcp-text-tools [--version | --help]\nServes MCP over stdin and stdout.\n`

// stdout belongs to the protocol: beside the answers to these two flags everything is written to stderr.
function main(args: readonly string[]): void {
  const [flag, ...rest] = args
  if (flag === undefined) return serve()
  if (rest.length === 0 && flag === '--version') process.stdout.write(`${about.name} ${about.version}\n`)
  else if (rest.length === 0 && flag === '--help') process.stdout.write(usage)
  else {
    process.stderr.write(`unknown arguments: ${args.join(' ')}\n${usage}`)
    process.exitCode = 2
  }
}

function serve(): void {
  const connection = serveStdio(createServer, {onerror: error => process.stderr.write(`${error.message}\n`)})
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // Closing releases stdin, the only thing that keeps the process alive.
    process.once(signal, () => void connection.close())
  }
}

main(process.argv.slice(2))

import {failureText} from '@mcp-release/action-kit'
import {readArguments, usage} from './arguments'
import {plan} from './commands/plan'
import {snapshot} from './commands/snapshot'
import {version} from './version'

// `npm run snapshot` runs in the root of the project; INIT_CWD is where the user stood.
const cwd =
  process.env['npm_lifecycle_event'] === 'snapshot' ? (process.env['INIT_CWD'] ?? process.cwd()) : process.cwd()

async function run(): Promise<number> {
  const command = readArguments(process.argv.slice(2), cwd)
  if (command.kind === 'snapshot') return snapshot(command, cwd)
  if (command.kind === 'plan') return plan(command, cwd)
  process.stdout.write(command.kind === 'version' ? `mcp-release ${version}\n` : usage)
  return 0
}

try {
  process.exitCode = await run()
} catch (error) {
  process.stderr.write(`${failureText('mcp-release', error)}\n`)
  process.exitCode = 2
}

import {join} from 'node:path'
import {ActionError, type Host} from '@mcp-release/action-kit'
import type {ToolPin} from './pins'
import {versionInBuildInfo} from './genuine'

/**
 * Builds a tool with `go install module@version`; the folder then holds the program alone. Go compares every module
 * with its checksum database, whatever this machine's settings exempt from that.
 */
export async function goInstall(
  name: string,
  pin: ToolPin,
  {host, folder}: {readonly host: Host; readonly folder: string},
): Promise<string> {
  if ((await host.which('go')) === undefined) throw new ActionError('TOOL_MISSING', 'go: no such program on PATH')
  const env = goEnvironment(host, join(folder, 'bin'))
  const database = (await host.exec(['go', 'env', 'GOSUMDB'], {cwd: folder, env, quiet: true})).stdout.trim()
  if (database === 'off') {
    const hint = 'Unset GOSUMDB, also with `go env -u GOSUMDB`, or name a checksum database.'
    throw new ActionError('UNPINNED', 'GOSUMDB is off, so nothing would verify what Go downloads', {hint})
  }
  await host.files.makeDirectory(join(folder, 'bin'))
  host.info(`Building ${name} ${pin.version} with Go`)
  const variables = Object.entries(pin.goVariables).map(([variable, value]) => `-X ${variable}=${value}`)
  // Without tables for debuggers the linker needs half the time.
  const flags = ['-ldflags', ['-s', '-w', ...variables].join(' ')]
  await host.exec(['go', 'install', ...flags, `${pin.package}@v${pin.version}`], {cwd: folder, env, quiet: true})
  const program = host.platform.os === 'windows' ? `${name}.exe` : name
  const built = await versionInBuildInfo(join(folder, 'bin', program), pin, host)
  if (built === pin.version) return join(folder, 'bin')
  throw new ActionError('TOOL_UNAVAILABLE', `it built ${built === undefined ? 'no such program' : `version ${built}`}`)
}

// GOPROXY and GOSUMDB stay as the user has them. A pattern that matches no module is needed where an empty value would
// fall back to the settings of `go env -w`.
const nothing = 'none.invalid'

function goEnvironment(host: Host, bin: string): Record<string, string> {
  return {
    GOBIN: bin,
    GOFLAGS: '-buildvcs=false',
    CGO_ENABLED: '0',
    GOOS: host.platform.os,
    GOARCH: host.platform.arch,
    GOWORK: 'off',
    GO111MODULE: 'on',
    GONOSUMDB: nothing,
    GOINSECURE: nothing,
    GONOSUMCHECK: '',
  }
}

import {join} from 'node:path'
import {type Host, quoted} from '@mcp-release/action-kit'
import {runGo} from './go-errors'
import {goHelperSource} from './go-helper-source'
import type {GoPackage} from './go-packages'
import type {GoSymbol} from './go-stamp'

/** Compiles our helper with the Go that compiles the program; it is made anew for each run, and of the standard library alone. */
export async function buildHelper(host: Host, work: string): Promise<string> {
  const folder = join(work, 'helper')
  const program = join(folder, host.platform.os === 'windows' ? 'mcp-release.exe' : 'mcp-release')
  await host.files.write(join(folder, 'main.go'), goHelperSource)
  const {os, arch} = host.platform
  // For this machine, and free of what the user has set for the program.
  const env = {GOOS: os, GOARCH: arch, CGO_ENABLED: '0', GOENV: 'off', GOFLAGS: '', GOWORK: 'off', GO111MODULE: 'off'}
  await runGo(host, ['go', 'build', '-trimpath', '-o', program, 'main.go'], {cwd: folder, env, quiet: true})
  return program
}

/** The argument of `-toolexec`, which Go splits at spaces. */
export function toolArgument(helper: string): string {
  return /[\s'"]/.test(helper) ? quoted(helper) : helper
}

/** Everything in the program's own packages that may hold its version. */
export async function scanPackages(
  host: Host,
  helper: string,
  packages: readonly GoPackage[],
): Promise<readonly GoSymbol[]> {
  const request = packages.map(({linkPath, directory, files}) => ({
    package: linkPath,
    files: files.map(name => join(directory, name)),
  }))
  const {stdout} = await host.exec([helper, 'scan'], {input: JSON.stringify(request), quiet: true})
  return stdout.trim() === '' ? [] : (JSON.parse(stdout) as GoSymbol[])
}

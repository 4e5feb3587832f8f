import {execFile} from 'node:child_process'
import {randomBytes} from 'node:crypto'
import {existsSync} from 'node:fs'
import {chmod, chown, mkdtemp, readdir, realpath, rm, writeFile} from 'node:fs/promises'
import {tmpdir, userInfo} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {freePorts} from './sigstore-ports'

/** A PostgreSQL of its own on loopback. */
export interface Postgres {
  /** `postgres://…`, for the database `name`, which is made. */
  readonly database: (name: string) => Promise<string>
  readonly close: () => Promise<void>
}

const run = promisify(execFile)
const versions = '/usr/lib/postgresql'

/** Whether Debian's packages postgresql and postgresql-contrib are there. */
export function hasPostgres(): boolean {
  return existsSync(versions)
}

/** Starts Debian's PostgreSQL with an empty cluster in a temporary folder. It refuses to run as root, so root hands it to `nobody`. */
export async function startPostgres(): Promise<Postgres> {
  const [version = ''] = (await readdir(versions)).sort((a, b) => Number(b) - Number(a))
  const bin = join(versions, version, 'bin')
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'postgres-')))
  const isRoot = userInfo().uid === 0
  const as = (argv: readonly string[]) => {
    const [program = '', ...args] = isRoot
      ? ['setpriv', '--reuid=nobody', '--regid=nogroup', '--clear-groups', ...argv]
      : argv
    return run(program, args, {cwd: folder, env: {PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8'}})
  }
  const data = join(folder, 'data')
  const secret = join(folder, 'password')
  const password = randomBytes(16).toString('hex')
  const [port = 0] = await freePorts(1)
  await writeFile(secret, password, {mode: 0o600})
  await chmod(folder, 0o700)
  if (isRoot) for (const path of [folder, secret]) await chown(path, 65534, 65534)
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=40`
  const control = [join(bin, 'pg_ctl'), '-D', data, '-w', '-s']
  const remove = () => rm(folder, {recursive: true, force: true, maxRetries: 3})
  try {
    await as([join(bin, 'initdb'), '-D', data, '-U', 'stand', '-A', 'scram-sha-256', `--pwfile=${secret}`, '-N'])
    await as([...control, '-l', join(folder, 'postgres.log'), '-o', settings, 'start'])
  } catch (error) {
    await remove()
    throw error
  }
  return {
    database: async name => {
      await run(join(bin, 'createdb'), ['-h', '127.0.0.1', '-p', String(port), '-U', 'stand', name], {
        env: {PATH: process.env['PATH'] ?? '', PGPASSWORD: password},
      })
      return `postgres://stand:${password}@127.0.0.1:${port}/${name}?sslmode=disable`
    },
    close: async () => {
      await as([...control, '-m', 'immediate', 'stop'])
      await remove()
    },
  }
}

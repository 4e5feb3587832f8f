import {execFile} from 'node:child_process'
import {mkdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {startCertificateLog} from './sigstore-ct-log'
import {type Claims, issuerHost, startIssuer} from './sigstore-issuer'
import {type SigstoreKeys, makeKeys} from './sigstore-keys'
import {freePorts} from './sigstore-ports'
import {type Service, startService} from './sigstore-service'
import {serveFolder, writeTufRepository} from './sigstore-tuf'

const run = promisify(execFile)
const issuer = `https://${issuerHost}`

/** A Sigstore on loopback: real Fulcio, Rekor and timestamp authority, and an issuer in place of GitHub's. */
export interface Sigstore {
  /** What a job needs to sign keyless, and cosign to verify, without any further argument. */
  readonly env: Readonly<
    Record<'ACTIONS_ID_TOKEN_REQUEST_URL' | 'ACTIONS_ID_TOKEN_REQUEST_TOKEN' | 'TUF_MIRROR' | 'TUF_ROOT_JSON', string>
  >
  /** Files for `--trusted-root` and `--signing-config`. */
  readonly trustedRoot: string
  readonly signingConfig: string
  /** The claims of tokens from now on, over those of a tag `v1.0.0` in repository `o/r`. */
  readonly setClaims: (claims: Claims) => void
  readonly close: () => Promise<void>
}

/** Where things are. */
export interface SigstoreOptions {
  /** The folder with cosign, fulcio, rekor-server-posix and timestamp-server. */
  readonly binaries: string
  /** A folder of its own, for keys and logs. */
  readonly directory: string
}

/** The programs that `startSigstore` needs, beside openssl. */
export const sigstorePrograms = ['cosign', 'fulcio', 'rekor-server-posix', 'timestamp-server'] as const

/** Starts everything; whoever calls must `close()` it. What was started is stopped again when something fails. */
export async function startSigstore({binaries, directory}: SigstoreOptions): Promise<Sigstore> {
  const closing: (() => Promise<void>)[] = []
  const close = async () => {
    await Promise.all(closing.splice(0).map(each => each()))
  }
  try {
    await mkdir(directory, {recursive: true})
    const keys = await makeKeys(directory, issuerHost)
    const github = await startIssuer(keys.tls)
    closing.push(github.close)
    const services = await startServices({binaries, directory, keys, proxyUrl: github.proxyUrl}, closing)
    const {trustedRoot, signingConfig} = await writeClientFiles({binaries, directory}, keys, services)
    const repository = join(directory, 'tuf')
    await writeTufRepository(repository, {
      'trusted_root.json': trustedRoot,
      'signing_config.v0.2.json': signingConfig,
    })
    const mirror = await serveFolder(repository)
    closing.push(mirror.close)
    return {
      env: {
        ACTIONS_ID_TOKEN_REQUEST_URL: github.tokenUrl,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: github.requestToken,
        TUF_MIRROR: `http://127.0.0.1:${mirror.port}`,
        TUF_ROOT_JSON: join(repository, 'root.json'),
      },
      trustedRoot,
      signingConfig,
      setClaims: github.setClaims,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

interface Services {
  readonly fulcio: string
  readonly timestamps: string
  readonly log: string
  /** The certificate log's address and the file with its public key. */
  readonly certificates: {readonly url: string; readonly publicKey: string}
}

interface Setting extends SigstoreOptions {
  readonly keys: SigstoreKeys
  readonly proxyUrl: string
}

// The verifier takes the log's name from the trusted root; rekor must call itself the same.
const logName = 'rekor.local'

async function startServices(setting: Setting, closing: (() => Promise<void>)[]): Promise<Services> {
  const {binaries, directory} = setting
  const certificates = await startCertificateLog()
  closing.push(certificates.close)
  const publicKey = join(directory, 'ct.pub')
  await writeFile(publicKey, certificates.publicKey)
  const [fulcio = 0, fulcioGrpc = 0, fulcioMetrics = 0, timestamps = 0, log = 0, logGrpc = 0, logMetrics = 0] =
    await freePorts(7)
  const start = async (
    name: string,
    args: readonly string[],
    more: Omit<Parameters<typeof startService>[0], 'program' | 'args' | 'cwd'>,
  ) => {
    const service: Service = await startService({program: join(binaries, name), args, cwd: directory, ...more})
    closing.push(service.stop)
  }
  const url = (port: number) => `http://127.0.0.1:${port}`
  const ctUrl = url(certificates.port)
  await Promise.all([
    start('timestamp-server', timestampArguments(timestamps), {
      health: `${url(timestamps)}/ping`,
      // Its metrics listen on port 2112 and nowhere else: two cannot run at once on a machine.
      waitsForPort: true,
    }),
    start('rekor-server-posix', logArguments(setting, [log, logGrpc, logMetrics]), {health: `${url(log)}/healthz`}),
    start('fulcio', await fulcioArguments(setting, {ports: [fulcio, fulcioGrpc, fulcioMetrics], ctUrl, publicKey}), {
      health: `${url(fulcio)}/api/v1/rootCert`,
      env: {HTTPS_PROXY: setting.proxyUrl, SSL_CERT_FILE: setting.keys.tlsCertificate},
    }),
  ])
  return {fulcio: url(fulcio), timestamps: url(timestamps), log: url(log), certificates: {url: ctUrl, publicKey}}
}

function timestampArguments(port: number): string[] {
  return ['serve', '--host=127.0.0.1', `--port=${port}`, '--timestamp-signer=memory', '--disable-ntp-monitoring']
}

function logArguments({directory, keys}: Setting, [http, grpc, metrics]: readonly number[]): string[] {
  return [
    ...['serve', '--http-address=127.0.0.1', `--http-port=${http ?? 0}`],
    ...['--grpc-address=127.0.0.1', `--grpc-port=${grpc ?? 0}`, `--http-metrics-port=${metrics ?? 0}`],
    ...[`--hostname=${logName}`, `--storage-dir=${join(directory, 'rekor')}`],
    ...[`--signer-filepath=${keys.log.privateKey}`, '--checkpoint-interval=200ms', '--batch-max-age=20ms'],
  ]
}

async function fulcioArguments(
  {directory, keys}: Setting,
  {ports, ctUrl, publicKey}: {readonly ports: readonly number[]; readonly ctUrl: string; readonly publicKey: string},
): Promise<string[]> {
  const config = join(directory, 'fulcio.yaml')
  // YAML on purpose: Fulcio reads the same fields under other names when the file is JSON.
  const fields = [`issuer-url: ${issuer}`, 'client-id: sigstore', 'type: github-workflow']
  await writeFile(config, ['oidc-issuers:', `  ${issuer}:`, ...fields.map(field => `    ${field}`), ''].join('\n'))
  const [http = 0, grpc = 0, metrics = 0] = ports
  return [
    ...['serve', '--ca=fileca', `--fileca-cert=${keys.authority.cert}`, `--fileca-key=${keys.authority.key}`],
    ...[`--fileca-key-passwd=${keys.authority.password}`, '--fileca-watch=false'],
    ...[`--ct-log-url=${ctUrl}/local`, `--ct-log-public-key-path=${publicKey}`, `--config-path=${config}`],
    ...['--host=127.0.0.1', `--port=${http}`, '--grpc-host=127.0.0.1', `--grpc-port=${grpc}`],
    ...[`--metrics-port=${metrics}`, `--legacy-unix-domain-socket=${join(directory, 'fulcio.sock')}`],
  ]
}

async function writeClientFiles(
  {binaries, directory}: SigstoreOptions,
  keys: SigstoreKeys,
  services: Services,
): Promise<{trustedRoot: string; signingConfig: string}> {
  const save = async (name: string, url: string) => {
    await writeFile(join(directory, name), await (await fetch(url)).text())
    return join(directory, name)
  }
  const authorities = await save('fulcio-chain.pem', `${services.fulcio}/api/v1/rootCert`)
  const stampers = await save('tsa-chain.pem', `${services.timestamps}/api/v1/timestamp/certchain`)
  const [since, operator] = ['start-time=2020-01-01T00:00:00Z', 'operator=local']
  const service = (url: string, version: number) => `url=${url},api-version=${version},${since},${operator}`
  const [trustedRoot, signingConfig] = [join(directory, 'trusted-root.json'), join(directory, 'signing-config.json')]
  const stamp = `${services.timestamps}/api/v1/timestamp`
  await run(join(binaries, 'cosign'), [
    ...['signing-config', 'create', '--out', signingConfig, `--fulcio=${service(services.fulcio, 1)}`],
    ...[`--oidc-provider=${service(issuer, 1)}`, `--rekor=${service(services.log, 2)}`],
    ...['--rekor-config=ANY', `--tsa=${service(stamp, 1)}`, '--tsa-config=ANY'],
  ])
  const {certificates} = services
  await run(join(binaries, 'cosign'), [
    ...['trusted-root', 'create', '--out', trustedRoot],
    ...[`--fulcio=url=${services.fulcio},certificate-chain=${authorities},${since}`],
    ...[`--ctfe=url=${certificates.url},public-key=${certificates.publicKey},${since}`],
    ...[`--rekor=url=https://${logName},public-key=${keys.log.publicKey},${since},origin=${logName}`],
    ...[`--tsa=url=${stamp},certificate-chain=${stampers},${since}`],
  ])
  return {trustedRoot, signingConfig}
}

import {z} from 'zod'
import {checkNames} from './check-names'

const check = z.strictObject({
  name: z.enum(checkNames),
  status: z.enum(['ok', 'failed', 'warning', 'skipped']),
  detail: z.string().optional(),
})

const verifiedServer = z.strictObject({
  /** The name of the file that was started, without its folder. */
  file: z.string(),
  /**
   * `unverified`: it needs a real account or device to start. `checked`: another program than a server, which answered
   * --version or --help.
   */
  status: z.enum(['verified', 'failed', 'skipped', 'unverified', 'checked']),
  /** The platforms on which it was started, such as `linux/amd64`: in the report of a whole release. */
  startedOn: z.array(z.string()).optional(),
  /** Why it failed, was skipped or could not be verified. */
  reason: z.string().optional(),
  /** Of what was skipped: it is for another platform, there is nothing to start, or this machine lacks something. */
  because: z.enum(['platform', 'nothing', 'machine']).optional(),
  /** How it was started, and where that was learnt: the `source` of the plan's recipe, or the file's own manifest. */
  startedAs: z
    .strictObject({
      args: z.array(z.string()),
      /** The names of the variables. */
      env: z.array(z.string()),
      source: z.string(),
      /** The variables and flags among them that no recipe names: the server asked for them, and got made-up values. */
      madeUp: z.array(z.string()).optional(),
    })
    .optional(),
  /** What to do about it; lines of settings stand on lines of their own. */
  hint: z.string().optional(),
  /** What the server says of itself. */
  server: z.strictObject({name: z.string(), version: z.string(), title: z.string().optional()}).optional(),
  /** The protocol version that was agreed on, such as `2025-11-25`. */
  protocol: z.string().optional(),
  /** `legacy`: opens with `initialize`; `modern`: stateless, since 2026-07-28. */
  era: z.enum(['legacy', 'modern']).optional(),
  tools: z
    .array(z.strictObject({name: z.string(), title: z.string().optional(), description: z.string().optional()}))
    .optional(),
  /** How it was spoken to. */
  transport: z.enum(['stdio', 'http']).optional(),
  /** Whether the server could reach a network, and why when it should not. */
  network: z.strictObject({access: z.enum(['on', 'off']), reason: z.string().optional()}).optional(),
  checks: z.array(check),
  /** From the start of the process to its answer to the handshake. */
  startMilliseconds: z.int().nonnegative().optional(),
  /** From the start of the process to the end of the last of its processes. */
  totalMilliseconds: z.int().nonnegative().optional(),
  /** Of the server and its children together, where the platform tells. */
  peakMemoryKilobytes: z.int().nonnegative().optional(),
})

/** The shape of the report of mcp-verify, version 1. */
export const verificationSchema = z.strictObject({schemaVersion: z.literal(1), servers: z.array(verifiedServer)})

/** What verifying the files of a release found. */
export type Verification = z.infer<typeof verificationSchema>
export type VerifiedServer = Verification['servers'][number]
export type Check = VerifiedServer['checks'][number]

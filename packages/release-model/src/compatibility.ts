import {z} from 'zod'
import {sdkSelections} from './sdk-selection'

/** What became of a combination. */
export const compatibilityResults = ['works', 'fails', 'excluded', 'skipped'] as const

// SemVer and PEP 440 (https://packaging.python.org/en/latest/specifications/version-specifiers/) know no other characters,
// nor do the versions of Python, Node.js and the protocol; empty where a package says none.
const version = z.string().regex(/^[\dA-Za-z.+!_~-]{0,256}$/, 'is no version')

// https://packaging.python.org/en/latest/specifications/name-normalization/ and https://docs.npmjs.com/cli/configuring-npm/package-json#name:
// what an address can hold as it is.
const name = z.string().regex(/^(?:@[\w.~!*'()-]+\/)?[\w.~!*'()-]*$/, 'is no name of a package')

const sdk = z.strictObject({
  name,
  /** The versions that the package allows, in the words of its metadata; empty when every version. */
  range: z.string(),
  /** What was installed; absent when no version could be chosen. */
  version: version.optional(),
  /** Why this version was tried. */
  selections: z.array(z.enum(sdkSelections)),
  /** Whether the package's own metadata allows this version. */
  allowed: z.boolean(),
})

const combination = z.strictObject({
  /** The version of Python or Node.js as it was asked for, such as `3.13`, or as it was found when none was asked for. */
  runtime: version,
  /** The exact version that ran; absent when none was found. */
  runtimeVersion: version.optional(),
  /** Absent when the package depends on no SDK that is known, or when no SDK was looked at. */
  sdk: sdk.optional(),
  /** `excluded`: the metadata of the package or the SDK does not allow it, so that nothing was run. */
  result: z.enum(compatibilityResults),
  /** Of all but `works`: the one line that says why. */
  reason: z.string().optional(),
  /** What a maintainer can do. */
  hint: z.string().optional(),
  /** The protocol version that was agreed on, such as `2025-11-25`. */
  protocol: version.optional(),
  /** How many tools the server listed. */
  tools: z.int().nonnegative().optional(),
})

const server = z.strictObject({
  /** The name of the file that was installed, without its folder. */
  file: z.string(),
  ecosystem: z.enum(['pypi', 'npm']),
  name,
  version,
  /** `Requires-Python` or `engines.node`; absent when every version is allowed. */
  requires: z.string().optional(),
  combinations: z.array(combination),
})

/**
 * The shape of compatibility.json, version 1: with which versions of its language and of the MCP SDK each server was
 * installed and started, and what came of it. Sorted, without times and paths.
 */
export const compatibilitySchema = z.strictObject({schemaVersion: z.literal(1), servers: z.array(server)})

/** With what the servers of a release work, from runs. */
export type Compatibility = z.infer<typeof compatibilitySchema>
export type CompatibleServer = Compatibility['servers'][number]
export type Combination = CompatibleServer['combinations'][number]

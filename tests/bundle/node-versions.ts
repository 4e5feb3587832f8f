import {spawnSync} from 'node:child_process'
import {describe} from '@jest/globals'

/** A version of Node.js that actions must run on. */
export interface NodeVersion {
  readonly name: string
  /** Absolute path, or a name on PATH. */
  readonly program: string
}

const own: NodeVersion = {name: `Node ${process.versions.node.split('.')[0] ?? ''}`, program: process.execPath}
const runners: NodeVersion = {name: 'Node 24', program: 'node24'}
const isThere = spawnSync(runners.program, ['--version']).status === 0

/** Declares the same tests for the Node.js of the tests and for the one of GitHub's runner. */
export function describeEachNode(body: (node: NodeVersion) => void): void {
  describe(own.name, () => body(own))
  if (own.name === runners.name) return
  ;(isThere ? describe : describe.skip)(runners.name, () => body(runners))
}

// @ts-check
// The servers that the bench releases, and how each is expected to end.
import {readFileSync} from 'node:fs'

/**
 * @typedef {object} Expectation
 * @property {'released' | 'fault'} expected `fault`: it stops with a finding that is the server's own fault
 * @property {string} [text] fault: a part of the finding
 * @property {string} [reason] fault: why it is the server's own, as checked by hand
 * @property {string} [note] what is awkward about it
 *
 * @typedef {{ecosystem: 'pypi' | 'npm' | 'go' | 'cargo', name: string, version: string} & Expectation} Published
 * @typedef {{shape: string, tag?: string, directory?: string} & Expectation} Shape a folder of tests/fixtures/repositories,
 *   and what of it is released
 */

/** @type {readonly (Published | Shape)[]} */
export const servers = JSON.parse(readFileSync(new URL('list.json', import.meta.url), 'utf8'))

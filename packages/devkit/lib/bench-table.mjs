// @ts-check

/**
 * What a suite of the bench gets.
 *
 * @typedef {object} Bench
 * @property {string} root the repository
 * @property {string} scratch a folder that is removed afterwards
 * @property {NodeJS.ProcessEnv} env the environment, with the tools of the tests on PATH
 * @property {Table} table where the figures go
 * @property {string} [filter] what is measured has this text in its name
 */

/** The figures of a bench: what was measured, and what was promised. */
export class Table {
  /** @type {{what: string, measured: string, promised: string, kept: boolean | undefined}[]} */
  #rows = []

  /** A figure with an upper limit. @param {string} what @param {number} value @param {number} limit @param {string} unit */
  record(what, value, limit, unit) {
    this.#rows.push({
      what,
      measured: `${rounded(value)} ${unit}`.trim(),
      promised: `at most ${rounded(limit)} ${unit}`.trim(),
      kept: value <= limit,
    })
  }

  /** Something that holds or not. @param {string} what @param {boolean} holds */
  check(what, holds) {
    this.#rows.push({what, measured: holds ? 'yes' : 'no', promised: 'yes', kept: holds})
  }

  /** A figure without a promise, to compare with. @param {string} what @param {number} value @param {string} unit */
  note(what, value, unit) {
    this.#rows.push({what, measured: `${rounded(value)} ${unit}`.trim(), promised: '', kept: undefined})
  }

  /** The rows as aligned text. */
  render() {
    const width = (/** @type {'what' | 'measured' | 'promised'} */ column) =>
      Math.max(0, ...this.#rows.map(row => row[column].length))
    const widths = {what: width('what'), measured: width('measured'), promised: width('promised')}
    return this.#rows
      .map(({what, measured, promised, kept}) => {
        const sign = kept === undefined ? ' ' : kept ? '✓' : '✗'
        const cells = [what.padEnd(widths.what), measured.padStart(widths.measured), promised.padStart(widths.promised)]
        return `${sign} ${cells.join('   ')}`.trimEnd()
      })
      .join('\n')
  }
}

/** The middle one of several values. @param {readonly number[]} values */
export function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

/** @param {number} value */
function rounded(value) {
  return value.toFixed(Number.isInteger(value) ? 0 : value < 10 ? 2 : value < 100 ? 1 : 0)
}

// @ts-check
// Archives with a few bytes changed where formats say what is what, the same ones each time.

/** A generator of numbers below a limit. @param {number} seed @returns {(limit: number) => number} */
export function random(seed) {
  let state = seed
  return limit => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

const fields = [
  ...[0, 5, 99, 100, 103, 124, 130, 134, 135, 136, 148, 156, 156, 156, 157, 200],
  ...[257, 262, 263, 265, 329, 345, 346, 400, 476, 500, 508],
]
const values = [
  0, 0x20, 0x2f, 0x2e, 0x30, 0x31, 0x32, 0x35, 0x37, 0x4b, 0x4c, 0x53, 0x56, 0x67, 0x78, 0x61, 0x80, 0xff, 0xe4,
]

/** A tar file with fields of one header changed and its checksum made right. @param {Buffer} tar @param {ReturnType<typeof random>} pick */
export function tarMutant(tar, pick) {
  const bytes = Buffer.from(tar)
  const headers = []
  for (let at = 0; at + 512 <= bytes.length; at += 512)
    if (bytes.toString('latin1', at + 257, at + 262) === 'ustar') headers.push(at)
  const at = headers[pick(headers.length)] ?? 0
  for (let count = pick(2); count >= 0; count--) {
    if (pick(5) === 0) bytes[pick(bytes.length)] = values[pick(values.length)] ?? 0
    else bytes[at + (fields[pick(fields.length)] ?? 0)] = values[pick(values.length)] ?? 0
  }
  bytes.fill(0x20, at + 148, at + 156)
  const sum = bytes.subarray(at, at + 512).reduce((total, byte) => total + byte, 0)
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, at + 148, 'latin1')
  return bytes
}

/** A zip file with fields of its records changed. @param {Buffer} zip @param {ReturnType<typeof random>} pick */
export function zipMutant(zip, pick) {
  const bytes = Buffer.from(zip)
  const records = []
  for (let at = 0; at + 4 <= bytes.length; at++) {
    const signature = bytes.readUInt32LE(at)
    if ([0x04034b50, 0x02014b50, 0x06054b50, 0x06064b50, 0x07064b50, 0x08074b50].includes(signature)) records.push(at)
  }
  const at = records[pick(records.length)] ?? 0
  for (let count = pick(2); count >= 0; count--) {
    const place = Math.min(at + 4 + pick(60), bytes.length - 1)
    const value = bytes[place] ?? 0
    bytes[place] = [value ^ (1 << pick(8)), 0, 0xff, value + 1, values[pick(values.length)] ?? 0][pick(5)] ?? 0
  }
  return bytes
}

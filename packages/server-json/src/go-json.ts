/**
 * How many bytes Go's `encoding/json` makes of a value, compact: it escapes some characters that JavaScript leaves as they
 * are (https://pkg.go.dev/encoding/json#Marshal).
 */
export function goJsonLength(value: unknown): number {
  const text = JSON.stringify(value).replaceAll(/[<>&\u2028\u2029]/g, String.raw`\u0000`)
  return Buffer.byteLength(text)
}

/** Signatures and lengths of zip records (PKWARE APPNOTE 6.3). */
export const zipRecords = {
  local: {signature: 0x04034b50, length: 30},
  central: {signature: 0x02014b50, length: 46},
  descriptor: {signature: 0x08074b50},
  end64: {signature: 0x06064b50, length: 56},
  locator64: {signature: 0x07064b50, length: 20},
  end: {signature: 0x06054b50, length: 22},
} as const

/** The file type bits of a Unix mode, which zip keeps in the upper half of the external attributes. */
export const unixTypes = {mask: 0o170000, file: 0o100000, directory: 0o040000, link: 0o120000} as const

/** Where the attributes are those of Unix: the upper byte of "version made by". */
export const unixSystems: readonly number[] = [3, 19]

/** Systems whose attributes are those of DOS, with a bit for folders. */
export const dosSystems: readonly number[] = [0, 10, 14]

/** That bit. */
export const dosDirectory = 0x10

/** The newest version of the format, 6.3, as it is stored. */
export const newestVersion = 63

/** Compression methods. */
export const methods = {stored: 0, deflated: 8} as const

/** General purpose flags. `patched` and `strong` change what the content is. */
export const flags = {
  encrypted: 0x1,
  descriptor: 0x8,
  patched: 0x20,
  strong: 0x40,
  utf8: 0x800,
  masked: 0x2000,
} as const

/** The extra field with the 64-bit sizes of an entry, and the one with its name in UTF-8. */
export const extras = {zip64: 0x0001, unicodePath: 0x7075} as const

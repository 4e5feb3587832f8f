/** Signatures and lengths of zip records (PKWARE APPNOTE 6.3). */
export const zipRecords = {
  local: {signature: 0x04034b50, length: 30},
  central: {signature: 0x02014b50, length: 46},
  end: {signature: 0x06054b50, length: 22},
} as const

/** The file type bits of a Unix mode, which zip keeps in the upper half of the external attributes. */
export const unixTypes = {mask: 0o170000, file: 0o100000, directory: 0o040000, link: 0o120000} as const

/** Compression methods. */
export const methods = {stored: 0, deflated: 8} as const

/** General purpose flags. */
export const flags = {encrypted: 0x1, utf8: 0x800} as const

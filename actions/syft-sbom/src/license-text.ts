// Sentences that stand in one licence alone, the more special first; texts from https://spdx.org/licenses/.
const sentences: readonly (readonly [RegExp, string])[] = [
  [/gnu affero general public license\s+version 3/, 'AGPL-3.0-only'],
  [/gnu lesser general public license\s+version 3/, 'LGPL-3.0-only'],
  [/gnu lesser general public license\s+version 2\.1/, 'LGPL-2.1-only'],
  [/gnu general public license\s+version 3/, 'GPL-3.0-only'],
  [/gnu general public license\s+version 2/, 'GPL-2.0-only'],
  [/apache license\s+version 2\.0/, 'Apache-2.0'],
  [/mozilla public license version 2\.0/, 'MPL-2.0'],
  [/eclipse public license - v 2\.0/, 'EPL-2.0'],
  [/boost software license - version 1\.0/, 'BSL-1.0'],
  [/this is free and unencumbered software released into the public domain/, 'Unlicense'],
  [/cc0 1\.0 universal/, 'CC0-1.0'],
  [
    /permission to use, copy, modify, and\/or distribute this software for any purpose with or without fee is hereby granted, provided/,
    'ISC',
  ],
  [
    /permission to use, copy, modify, and\/or distribute this software for any purpose with or without fee is hereby granted/,
    '0BSD',
  ],
  [
    /permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files/,
    'MIT',
  ],
  [/redistribution and use in source and binary forms[\s\S]*neither the name of/, 'BSD-3-Clause'],
  [/redistribution and use in source and binary forms/, 'BSD-2-Clause'],
]

/** The SPDX identifier of a licence's text; `undefined` when it is none of the common ones. */
export function licenseOfText(text: string): string | undefined {
  const plain = text
    .toLowerCase()
    .replaceAll(/[\s,]*\n\s*/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/license, version/g, 'license version')
  return sentences.find(([sentence]) => sentence.test(plain))?.[1]
}

const identifier =
  /^(?:0BSD|AFL-[\d.]+|AGPL-[\d.]+(?:-only|-or-later)?|Apache-[\d.]+|Artistic-[\d.]+|BlueOak-[\d.]+|BSD-[1-4]-Clause(?:-\w+)*|BSL-1\.0|BUSL-1\.1|CC0-1\.0|CC-BY(?:-\w+)*-[\d.]+|CDLA-[\w.-]+|EPL-[\d.]+|EUPL-[\d.]+|GPL-[\d.]+(?:-only|-or-later)?|ISC|LGPL-[\d.]+(?:-only|-or-later)?|MIT|MIT-0|MPL-[\d.]+|NCSA|OFL-1\.1|OpenSSL|PostgreSQL|PSF-2\.0|Python-2\.0|Unicode-(?:3\.0|DFS-2016)|Unlicense|UPL-1\.0|WTFPL|X11|Zlib|ZPL-2\.1|LLVM-exception|Classpath-exception-2\.0)$/

/** A licence expression that SPDX 2.3 and CycloneDX take; cargo's old `MIT/Apache-2.0` is read; `undefined` for other words. */
export function licenseExpression(text: string): string | undefined {
  const plain = text.replaceAll('/', ' OR ').replaceAll(/\s+/g, ' ').trim()
  const words = plain.split(/[\s()]+/).filter(word => word !== '' && !/^(?:AND|OR|WITH)$/.test(word))
  return words.length > 0 && words.every(word => identifier.test(word)) ? plain : undefined
}

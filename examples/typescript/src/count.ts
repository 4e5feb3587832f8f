/** Sizes of a text in the units that people and machines count in. */
export interface Counts {
  readonly bytes: number
  readonly codePoints: number
  readonly graphemes: number
  readonly words: number
  readonly lines: number
}

/** Counts a text; a family emoji is one grapheme, seven code points, twenty-five bytes. */
export function countText(text: string): Counts {
  return {
    bytes: Buffer.byteLength(text, 'utf8'),
    codePoints: [...text].length,
    graphemes: [...segments(text, 'grapheme')].length,
    words: [...segments(text, 'word')].filter(segment => segment.isWordLike).length,
    lines: text === '' ? 0 : text.replace(/\r?\n$/, '').split(/\r?\n/).length,
  }
}

// A fixed locale, so that the machine's own does not change the answer.
function segments(text: string, granularity: 'grapheme' | 'word'): Intl.Segments {
  return new Intl.Segmenter('en', {granularity}).segment(text)
}

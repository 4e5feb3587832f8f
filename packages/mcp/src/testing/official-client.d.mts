export function officialVerdict(
  argv: readonly string[],
  how: {readonly version: 1 | 2; readonly calls?: readonly string[]},
): Promise<string | undefined>

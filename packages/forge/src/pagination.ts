/** One page of a list and the header that leads to the others. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly headers: Readonly<Record<string, string>>
}

/** Cuts a list as GitHub does: 30 items, at most 100, with a Link header where there is more than one page. */
export function paginate<T>(all: readonly T[], query: Readonly<Record<string, unknown>>, address: string): Page<T> {
  const size = Math.min(Math.max(Number(query['per_page'] ?? 30), 1), 100)
  const page = Math.max(Number(query['page'] ?? 1), 1)
  const last = Math.max(Math.ceil(all.length / size), 1)
  const link = (number: number, relation: string): string =>
    `<${address}?per_page=${size}&page=${number}>; rel="${relation}"`
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
    ...(page > 1 ? [link(1, 'first')] : []),
  ]
  return {
    items: all.slice((page - 1) * size, page * size),
    headers: links.length === 0 ? {} : {link: links.join(', ')},
  }
}

/** What a selector is compared with. */
export interface Selectable {
  readonly id?: string
  readonly name: string
  readonly path: string
  readonly executables?: readonly string[]
  /** Go: the folder of the program, relative to its module, such as `./cmd/server`. */
  readonly main?: string
  /** Cargo: the crate of the program. */
  readonly crate?: string | undefined
}

/** Whether a selector means a package: by id, name, folder, command, or the folder of a program. */
export function selects(selector: string, each: Selectable): boolean {
  const program = each.main?.startsWith('./') === true ? each.main.slice(2) : each.main
  const place =
    program === undefined || program === '.' ? each.path : each.path === '.' ? program : `${each.path}/${program}`
  const names = [each.id, each.name, each.crate, each.path, place, ...(each.executables ?? [])]
  const pattern = new RegExp(
    `^${selector.replace(/^\.\//, '').replace(/\/$/, '').split('*').map(literal).join('.*')}$`,
    'i',
  )
  return names.some(name => name !== undefined && pattern.test(name))
}

/** What several selectors say of one package: the most exact one wins, field by field. */
export function settingsOf<T extends object>(
  by: Readonly<Record<string, T>> | undefined,
  each: Selectable,
): Partial<T> {
  const found = Object.entries(by ?? {}).filter(([selector]) => selects(selector, each))
  const exactness = (selector: string) => selector.replaceAll('*', '').length + (selector.includes('*') ? 0 : 1000)
  found.sort(([one], [other]) => exactness(one) - exactness(other))
  return Object.assign({}, ...found.map(([, settings]) => settings)) as Partial<T>
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

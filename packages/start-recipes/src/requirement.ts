/** A requirement of Python (https://packaging.python.org/en/latest/specifications/dependency-specifiers/), as far as it names a package. */
export interface Requirement {
  /** Absent for a folder, a file or an address alone. */
  readonly name?: string
  readonly extras: readonly string[]
}

/** Reads `name[extra]>=1`, uv's `name[extra]@latest`, `name @ git+https://…`, `.[extra]`, `git+https://…`. */
export function requirementOf(text: string): Requirement {
  const plain = text.trim()
  const [, tail] = /\[([^[\]]*)\]$/.exec(plain) ?? []
  if (
    /^(?:\.{0,2}[\\/]|\.(?:$|\[)|~|[A-Za-z]:[\\/]|[a-z][a-z0-9+.-]*:\/\/|git@)/i.test(plain) ||
    plain.endsWith('.whl')
  )
    return {extras: plain.includes('://') ? [] : listed(tail ?? '')}
  const [, name, extras = ''] = /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([^[\]]*)\])?/.exec(plain) ?? []
  return {...(name === undefined ? {} : {name}), extras: listed(extras)}
}

function listed(text: string): readonly string[] {
  return text
    .split(',')
    .map(each => each.trim())
    .filter(each => /^[A-Za-z0-9][\w.-]*$/.test(each))
}

/** The requirements of an option that may hold several, separated by commas outside of brackets and versions. */
export function requirementsIn(text: string): readonly string[] {
  const found: string[] = []
  for (const part of text.split(',').map(each => each.trim())) {
    const last = found.at(-1)
    // `a[b,c]` and `a>=1,<2` are one requirement each.
    const continues = last !== undefined && (!/^[A-Za-z]/.test(part) || last.lastIndexOf('[') > last.lastIndexOf(']'))
    if (continues) found.push(`${found.pop() ?? ''},${part}`)
    else if (part !== '') found.push(part)
  }
  return found
}

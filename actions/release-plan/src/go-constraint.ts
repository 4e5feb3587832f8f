/** A system and processor that Go builds for. */
export interface GoTarget {
  readonly os: string
  readonly arch: string
}

// https://pkg.go.dev/internal/syslist
const systems = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos'.split(
    ' ',
  ),
)
const processors = new Set(
  '386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm'.split(
    ' ',
  ),
)
const unixes = new Set('aix android darwin dragonfly freebsd hurd illumos ios linux netbsd openbsd solaris'.split(' '))

/**
 * Whether `go build` takes a file for a target, by its name and its constraint, with cgo off and no tags besides those given
 * (`go help buildconstraint`).
 */
export function isBuilt(
  file: {readonly name: string; readonly constraint?: string},
  {os, arch}: GoTarget,
  tags: readonly string[] = [],
): boolean {
  if (/^[_.]/.test(file.name) || file.name.endsWith('_test.go')) return false
  const known = new Set([os, arch, 'gc', ...tags, ...(unixes.has(os) ? ['unix'] : [])])
  if (!fitsName(file.name, {os, arch})) return false
  return file.constraint === undefined || fits(file.constraint, tag => known.has(tag) || /^go1\.\d+$/.test(tag))
}

// Whatever stands before the first underscore is a name, even `windows.go`.
function fitsName(name: string, {os, arch}: GoTarget): boolean {
  const parts = name.replace(/\.go$/, '').split('_').slice(1)
  const [last = '', before = ''] = parts.reverse()
  if (processors.has(last)) return last === arch && (!systems.has(before) || before === os)
  return !systems.has(last) || last === os
}

/** Whether a constraint holds; one that cannot be read does not, as for the go command. */
function fits(expression: string, holds: (tag: string) => boolean): boolean {
  const tokens = expression.match(/&&|\|\||[!()]|[\p{L}\p{N}_.]+|\S/gu) ?? []
  let at = 0
  let depth = 0
  const either = (): boolean => {
    let value = both()
    while (tokens[at] === '||') {
      at++
      value = both() || value
    }
    return value
  }
  const both = (): boolean => {
    let value = single()
    while (tokens[at] === '&&') {
      at++
      value = single() && value
    }
    return value
  }
  const single = (): boolean => {
    const token = tokens[at++]
    // Nobody nests so deep but to break a reader.
    if (++depth > 500 || token === undefined) return false
    if (token === '!') return !single()
    if (token !== '(') return /^[\p{L}\p{N}_.]+$/u.test(token) && holds(token)
    const value = either()
    return tokens[at++] === ')' && value
  }
  const value = either()
  return at === tokens.length && value
}

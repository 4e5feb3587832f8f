import {type Document, type LineCounter, type Node, isAlias, isMap, isNode, isScalar, isSeq} from 'yaml'

type Path = readonly PropertyKey[]

/** Where values of a YAML text stand, and how they are written there. */
export class SettingsPosition {
  constructor(
    private readonly document: Document.Parsed,
    private readonly lines: LineCounter,
  ) {}

  /** The line of a value, or of the nearest value around it. */
  lineOf(path: Path): number {
    for (let length = path.length; length > 0; length--) {
      const found = this.#keyAt(path.slice(0, length)) ?? this.#valueAt(path.slice(0, length))
      if (found?.range) return this.lines.linePos(found.range[0]).line
    }
    return 1
  }

  /** The value as the file has it: `3.10`, not 3.1. */
  sourceOf(path: Path): string | undefined {
    const node = this.#valueAt(path)
    return isScalar(node) ? (node.source ?? String(node.value)) : undefined
  }

  /** Whether a scalar is written without quotes. */
  isPlain(path: Path): boolean {
    const node = this.#valueAt(path)
    return isScalar(node) && node.type === 'PLAIN'
  }

  #keyAt(path: Path): Node | undefined {
    const around = this.#valueAt(path.slice(0, -1))
    const last = path.at(-1)
    if (isSeq(around)) return this.#valueAt(path)
    const pair = isMap(around) ? around.items.find(({key}) => nameOf(key) === String(last)) : undefined
    return isNode(pair?.key) ? pair.key : undefined
  }

  #valueAt(path: Path): Node | undefined {
    let node: unknown = this.document.contents
    for (const part of path) {
      if (isSeq(node)) node = node.items[Number(part)]
      else if (isMap(node)) node = node.items.find(({key}) => nameOf(key) === String(part))?.value
      else return undefined
      if (isAlias(node)) node = node.resolve(this.document)
    }
    return isNode(node) ? node : undefined
  }
}

function nameOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key)
}

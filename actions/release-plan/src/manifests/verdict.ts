import type {ErrorCode} from '@mcp-release/action-kit'
import type {PlanFinding} from '@mcp-release/release-model'
import type {Ruling} from '@mcp-release/package-rules'

/** What stops a release, with the code that the later step would end with. */
export interface Stop {
  readonly code: ErrorCode
  readonly text: string
}

/** What manifests show before anything is built. */
export interface Verdict {
  readonly stops: readonly Stop[]
  readonly findings: readonly PlanFinding[]
}

/** One verdict out of many; what two say alike is told once. */
export function merged(verdicts: readonly Verdict[]): Verdict {
  return {
    stops: once(verdicts.flatMap(({stops}) => stops)),
    findings: once(verdicts.flatMap(({findings}) => findings)),
  }
}

function once<T>(all: readonly T[]): readonly T[] {
  return [...new Map(all.map(each => [JSON.stringify(each), each])).values()]
}

interface Place {
  readonly file: string
  readonly code: ErrorCode
  /** Whether what is wrong in the manifest is surely so in what is built of it. */
  readonly certain: boolean
}

/** What stops a release only if it is certain is a warning otherwise. */
export function ruled(rulings: readonly Ruling[], {file, code, certain}: Place): Verdict {
  const stops = certain ? rulings.filter(({level}) => level === 'error') : []
  const others = rulings.filter(each => !stops.includes(each))
  return {
    stops: stops.map(({text, hint}) => ({
      code,
      text: `${file}: ${text}${hint === undefined ? '' : `\n${hint}`}`,
    })),
    findings: others.map(({text, hint}) => ({
      level: 'warning',
      subject: file,
      text,
      ...(hint === undefined ? {} : {hint}),
    })),
  }
}

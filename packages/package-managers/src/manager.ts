/** The programs that install the dependencies of a package for Node. */
export const managerNames = ['npm', 'pnpm', 'yarn', 'bun'] as const
export type ManagerName = (typeof managerNames)[number]

/** A package manager as a project asks for it. */
export interface Manager {
  readonly name: ManagerName
  /** A version or a range of versions; whichever the machine has, or else a usual one, without it. */
  readonly range?: string
  /** The version that is brought when the machine has none that is right. */
  readonly usual?: string
  /** What the archive must hash to: the part of `packageManager` behind `+`. */
  readonly hash?: {readonly algorithm: string; readonly hex: string}
  /** Yarn: the file in the repository that is yarn itself (`yarnPath`). */
  readonly release?: string
  /** Where this was learnt, for people. */
  readonly origin: string
}

/** A manager with the flavour that its commands depend on. */
export type Flavour = 'npm' | 'pnpm' | 'yarn-classic' | 'yarn-berry' | 'bun'

/** Whether a text is the name of a manager. */
export function isManagerName(text: unknown): text is ManagerName {
  return managerNames.some(name => name === text)
}

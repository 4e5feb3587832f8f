/** GitHub's own actions that the workflow uses. */
export const foreignActions = [
  'checkout',
  'setup-python',
  'setup-node',
  'setup-go',
  'upload-artifact',
  'download-artifact',
] as const

export type ForeignAction = (typeof foreignActions)[number]

/** A commit and its version, as they stand behind `uses: actions/NAME@`. */
export type Pins = Readonly<Record<ForeignAction, {readonly commit: string; readonly version: string}>>

/**
 * The pins of a workflow. They are kept where Dependabot raises them, in the generated workflow itself, and taken over from there.
 * Throws when one is missing, or when two differ.
 */
export function readPins(workflow: string): Pins {
  const found = [...workflow.matchAll(/uses: actions\/([\w-]+)@([0-9a-f]{40}) # (v[\d.]+)/g)]
  const entries = foreignActions.map(name => {
    const pins = found
      .filter(([, action]) => action === name)
      .map(([, , commit = '', version = '']) => ({commit, version}))
    const [first] = pins
    if (first === undefined) throw new Error(`no pin of actions/${name}@COMMIT # vX.Y.Z in the workflow`)
    const other = pins.find(({commit}) => commit !== first.commit)
    if (other !== undefined) throw new Error(`actions/${name} is pinned to ${first.commit} and to ${other.commit}`)
    return [name, first] as const
  })
  return Object.fromEntries(entries) as Pins
}

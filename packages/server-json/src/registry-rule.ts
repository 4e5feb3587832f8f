import type {z} from 'zod'

/** What a rule says of a value: nothing, or what is wrong and what to do, at the value itself or below it. */
export type Verdict = string | {readonly at: readonly PropertyKey[]; readonly says: string} | undefined

/**
 * A rule of the MCP Registry that goes beyond the published schema, as a check of a zod schema. Such a problem is told
 * apart from one of the schema by `isRegistryRule`, so that tests can compare each with its own authority.
 */
export function registryRule<T>(...rules: readonly ((value: T) => Verdict | readonly Verdict[])[]): z.core.CheckFn<T> {
  return payload => {
    for (const verdict of rules.flatMap(rule => rule(payload.value))) {
      if (verdict === undefined) continue
      const {at, says} = typeof verdict === 'string' ? {at: [], says: verdict} : verdict
      const place = {path: [...at], message: says, params: {registry: true}}
      payload.issues.push({code: 'custom', input: payload.value, continue: true, ...place})
    }
  }
}

/** Whether a problem comes from a rule of the registry, not from the published schema. */
export function isRegistryRule(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'custom' && issue.params?.['registry'] === true
}

import {z} from 'zod'

const lockFile = z.looseObject({
  packages: z.record(
    z.string(),
    z.looseObject({
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      os: z.array(z.string()).optional(),
      cpu: z.array(z.string()).optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
})

/**
 * The names of the packages in a package-lock.json that users get and that are made for some platforms only, or that
 * compile or download something when they are installed (https://docs.npmjs.com/cli/configuring-npm/package-lock-json).
 */
export function nativeDependencies(lock: string | undefined): readonly string[] {
  const packages = readPackages(lock ?? '{}')
  const native = Object.entries(packages).filter(
    ([path, {dev, devOptional, os, cpu, hasInstallScript}]) =>
      path !== '' &&
      dev !== true &&
      devOptional !== true &&
      (os !== undefined || cpu !== undefined || hasInstallScript === true),
  )
  return [...new Set(native.map(([path]) => path.replace(/^.*node_modules\//, '')))]
}

function readPackages(lock: string): z.infer<typeof lockFile>['packages'] {
  try {
    const result = lockFile.safeParse(JSON.parse(lock))
    return result.success ? result.data.packages : {}
  } catch {
    // npm itself says what is wrong with it when the package is built.
    return {}
  }
}

/** Which version of an SDK is meant: the lowest and the newest that the package allows, the one of its lock file, and the newest of all. */
export const sdkSelections = ['lowest', 'locked', 'newest', 'latest'] as const

/** Which version of an SDK is meant. */
export type SdkSelection = (typeof sdkSelections)[number]

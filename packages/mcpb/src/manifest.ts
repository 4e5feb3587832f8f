// What a plan reads of manifests, without what looks into bundles.
export {isBundleManifest, parseManifest} from './manifest-schema'
export type {BundleManifest} from './manifest-schema'
export {registryCommand} from './registry-command'

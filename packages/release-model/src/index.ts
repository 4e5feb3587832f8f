export {parseVersion, sameVersion} from './version'
export type {Channel, ReleaseVersion} from './version'
export {executableSuffix, isPlatform, platformParts, platforms, rustTriples} from './platform'
export type {Platform} from './platform'
export {
  archiveName,
  imageArchiveName,
  normalizedPythonName,
  npmTarballName,
  pureWheelName,
  releaseFiles,
  sdistName,
  suffixes,
} from './file-names'
export {artifactKinds, builtArtifact, fileName, fragment} from './artifact'
export type {ArtifactKind, BuiltArtifact, Fragment} from './artifact'
export {builtFiles, ecosystems, planSchema, toolchains} from './plan'
export type {Ecosystem, Plan, PlannedArtifact, PlannedJob, PlannedPackage, Skip, Toolchain} from './plan'
export {manifestSchema} from './manifest'
export type {Manifest} from './manifest'
export {formatJson, parseJson} from './json'
export {formatChecksums, parseChecksums} from './checksums'
export type {Checksum} from './checksums'
export {describeFile, formatFragment, parseFragment} from './fragment'

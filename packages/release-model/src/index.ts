export {
  compareVersions,
  isPlaceholderVersion,
  normalizedPythonVersion,
  parseTag,
  parseVersion,
  sameVersion,
  versionProblem,
} from './version'
export type {Channel, ReleaseTag, ReleaseVersion} from './version'
export {
  defaultPlatforms,
  executablePlatforms,
  executableSuffix,
  hasRustTarget,
  isBuiltFor,
  isPlatform,
  platformParts,
  platformSlices,
  platforms,
  rustTriples,
} from './platform'
export type {Platform, PlatformSystem} from './platform'
export {
  archiveName,
  bundleName,
  imageArchiveName,
  isPlainName,
  normalizedPythonName,
  npmTarballName,
  plainNameRule,
  pureWheelName,
  pythonProjectName,
  releaseFiles,
  sdistName,
  suffixes,
} from './file-names'
export {artifactKinds, builtArtifact, fileName, fragment, leftOutFile, sha256} from './artifact'
export type {ArtifactKind, BuiltArtifact, Fragment, LeftOutFile} from './artifact'
export {carriedOut, namesWithout, withoutLeftOut} from './left-out'
export {builtFiles, ecosystems, installableFiles, planSchema, toolchains} from './plan'
export type {
  Ecosystem,
  Plan,
  PlannedArtifact,
  PlannedBundle,
  PlanFinding,
  PlannedJob,
  PlannedPackage,
  Skip,
  Toolchain,
} from './plan'
export {manifestSchema} from './manifest'
export type {Manifest} from './manifest'
export {formatJson, parseJson} from './json'
export {formatChecksums, parseChecksums} from './checksums'
export type {Checksum} from './checksums'
export {nativePlatforms, verificationsOf} from './verifications'
export type {PlannedVerification} from './verifications'
export {bundlesJob, sealSchema} from './seal'
export type {Seal, SealedFile} from './seal'
export {describeFile, formatFragment, parseFragment} from './fragment'
export {checkNames} from './check-names'
export {verificationSchema} from './verification'
export type {Check, Verification, VerifiedServer} from './verification'
export {compatibilityResults, compatibilitySchema} from './compatibility'
export {compatibilityNotes} from './compatibility-notes'
export type {Combination, Compatibility, CompatibleServer} from './compatibility'
export {sdkSelections} from './sdk-selection'
export type {SdkSelection} from './sdk-selection'
export {compareNpmVersions, isNpmRange, npmRangeAllows, npmVersionsIn} from './npm-range'
export {secretByName, secretFiles} from './secret-files'
export type {SecretFile} from './secret-files'
export {
  archiveNames,
  goreleaserProgram,
  platformFields,
  readGoreleaser,
  renderTemplate,
  versionFields,
} from './goreleaser'
export type {ArchiveNames, Fields, GoreleaserConfig, GoreleaserProgram, NamedArchive, Rendered} from './goreleaser'
export {isLegalFile, isLicenseFile, licenseFiles, nearestFiles, withoutLicenseFile} from './licenses'
export type {AccompanyingFile, AccompanyingFiles} from './licenses'
export {serverCommand} from './server-command'
export {machinePath, readShebang, shebangProblem} from './shebang'
export type {Shebang, ShebangProblem} from './shebang'
export {serverNameFor} from './server-name'
export type {PackageIdentity} from './server-name'
export {refineBuild, textIfThere} from './build-request'
export type {BuildInputs, BuildRequest} from './build-request'
export {deliver} from './delivery'
export type {FinishedFile} from './delivery'
export {defaultImagePlatforms, settingsSchema} from './settings'
export type {BuildSettings, ReleaseSettings, ServerSettings} from './settings'
export {selects, settingsOf} from './selectors'
export type {Selectable} from './selectors'
export {startRecipe, startValue} from './start'
export {startWords} from './start-words'
export type {StartRecipe, StartValue} from './start'
export {nearestName} from './nearest-name'
export {changelogSection, isRst} from './changelog'
export {markdownOfRst} from './rst-markdown'
export {programName} from './program-file'
export {entryPoints} from './entry-points'
export type {EntryPoint} from './entry-points'

export type {DeclaredEntry} from './npm-entries'
export {binTargets, declaredEntries, resolveEntry} from './npm-entries'
export type {Manifest} from './npm-manifest'
export {parseManifest, record, texts} from './npm-manifest'
export type {NpmSurroundings} from './npm-rules'
export {localDependencies, npmRules, withoutBuild} from './npm-rules'
export {releasingRepository} from './npm-repository'
export {keepsManifest} from './npm-scripts'
export type {NoChoice, RegistryEntry, Wish} from './package-choice'
export {chooseBin, chooseScript, npxCommand} from './package-choice'
export type {PythonSurroundings} from './python-rules'
export {pythonNameRules, pythonRules} from './python-rules'
export type {StaticProject} from './python-project'
export {staticProject} from './python-project'
export {
  malformedScript,
  python2Ruling,
  python2Warning,
  refusals,
  scriptTarget,
  serverNameRuling,
  unboundedSdks,
  withoutDescription,
  withoutLicense,
  workspaceRequirements,
} from './python-texts'
export type {Ruling} from './ruling'
export {findingsOf} from './ruling'
export type {WheelPythons} from './wheel-pythons'
export {wheelPythons} from './wheel-pythons'

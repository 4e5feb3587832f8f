export type {Flavour, Manager, ManagerName} from './manager'
export {managerNames} from './manager'
export {calledManager, chooseManager} from './choose'
export type {ManagerChoice, ManagerFacts} from './choose'
export {readManagerFacts} from './read-manager'
export {calledManagers, reachableScripts} from './called-managers'
export {readWorkspace} from './workspace'
export type {Member, Workspace} from './workspace'
export {hasWorkspaceRanges, memberName, neededMembers} from './members'
export type {LockFile} from './lock-files'
export {lockFileNames} from './lock-files'
export {managerEnvironment, openToolbox} from './toolbox'
export type {Toolbox} from './toolbox'
export {
  installArguments,
  ownScriptsRun,
  packArguments,
  packedName,
  runArguments,
  scriptsBeforePack,
  scriptsOfPack,
} from './commands'
export type {InstallOptions} from './commands'
export {lockTrouble, mendingCommand, missingInClassicLock} from './lock-trouble'
export type {LockTrouble} from './lock-trouble'
export {isForCertainMachines, isForeign, nodeMachine} from './foreign'
export type {NodeMachine} from './foreign'
export {record, textList, texts} from './json'

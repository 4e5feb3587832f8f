export {startRecipes} from './start-recipes'
export type {Texts} from './documents'
export {launchOf, strangerOf} from './launch'
export type {Launch, Stranger} from './launch'
export {readConfigurations} from './configuration'
export type {Configuration} from './configuration'
export {
  byLikelihood,
  configurationsFor,
  documentConfigurations,
  isDocument,
  isInDocs,
  linkedFiles,
  readmeConfigurations,
  readmesFor,
} from './documents'
export {isTask} from './readme-source'
export {asInstalled, nearMisses} from './near-miss'
export type {NearMiss} from './near-miss'
export {containerInstructions, containerStart} from './containerfile'
export type {ContainerStart, Instruction} from './containerfile'
export {isOwnCommand, sameName} from './target'
export type {StartTarget} from './target'
export {answerFor} from './answers'

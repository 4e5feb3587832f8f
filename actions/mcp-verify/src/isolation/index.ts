export {demandIsolation, usualDemand} from './demand'
export type {Demand} from './demand'
export {findIsolation, openMachine} from './isolation'
export type {Isolation, User} from './isolation'

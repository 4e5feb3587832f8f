export {FakeHost} from './fake-host'
export type {FakeProgram} from './fake-host'

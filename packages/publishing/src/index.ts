export {type Outcome, type Publishing, publishAll} from './publish'
export type {Failure, Publisher, State} from './publisher'
export {type Retrying, type RetryPolicy, delayBefore, retry} from './retry'

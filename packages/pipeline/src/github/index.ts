export {readPins} from './pins'
export {renderInputs, renderJobs} from './tables'
export {renderWorkflow} from './workflow'

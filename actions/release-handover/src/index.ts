import {runAction} from '@mcp-release/action-kit'
import {contract} from './action.gen'
import {main} from './main'

await runAction(contract, main)

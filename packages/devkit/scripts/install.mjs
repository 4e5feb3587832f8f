// @ts-check
// `npm ci`, unless node_modules already is what package-lock.json says.
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {installDependencies} from '../lib/dependencies.mjs'

installDependencies(join(dirname(fileURLToPath(import.meta.url)), '../../..'))

// @ts-check
// What a thread runs that helps to compress. CommonJS, because a thread that is given its program as a text takes no other.
const {parentPort} = require('node:worker_threads')
const {takePieces} = require('./deflate-share')

parentPort?.on('message', takePieces)

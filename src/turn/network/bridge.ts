/**
 * Runs inside of the sandbox, by the node that runs us: carries each connection of the loopback to a socket on the
 * disk, starts the program once that works, and ends as it ends. It judges nothing; whoever talks to the socket without
 * it is judged all the same.
 */
export const BRIDGE = `'use strict'
const {createServer, connect} = require('node:net')
const {spawn} = require('node:child_process')
const {constants} = require('node:os')
const [port, way, program, ...args] = process.argv.slice(2)
const server = createServer({allowHalfOpen: true}, (near) => {
  const far = connect({path: way, allowHalfOpen: true})
  near.on('error', () => far.destroy()).on('close', () => far.destroy())
  far.on('error', () => near.destroy()).on('close', () => near.destroy())
  near.pipe(far).pipe(near)
})
const fail = (code) => (error) => {
  process.stderr.write(program + ': ' + error.message + '\\n')
  process.exit(code)
}
server.on('error', fail(126))
server.listen({host: '127.0.0.1', port: Number(port)}, () => {
  const child = spawn(program, args, {stdio: 'inherit'})
  child.on('error', fail(127))
  child.on('exit', (code, signal) => process.exit(code === null ? 128 + constants.signals[signal] : code))
})
`

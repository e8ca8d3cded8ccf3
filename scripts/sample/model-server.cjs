/** Answers every request as a model with nothing to tell would. */
'use strict'

const {createServer} = require('node:http')
const {renameSync, writeFileSync} = require('node:fs')
// It ends with whoever started it, however that ends.
process.stdin.resume().on('end', () => process.exit())
const usage = {input_tokens: 900, output_tokens: 4, cache_creation_input_tokens: 0, cache_read_input_tokens: 0}
const head = {id: 'msg_1', type: 'message', role: 'assistant', model: process.env.MODEL, content: []}
const events = {
  message_start: {message: {...head, stop_reason: null, stop_sequence: null, usage}},
  content_block_start: {index: 0, content_block: {type: 'text', text: ''}},
  content_block_delta: {index: 0, delta: {type: 'text_delta', text: 'HEARTBEAT_OK'}},
  content_block_stop: {index: 0},
  message_delta: {delta: {stop_reason: 'end_turn', stop_sequence: null}, usage},
  message_stop: {},
}
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(200, {'content-type': 'text/event-stream'})
    for (const [type, fields] of Object.entries(events))
      response.write(`event: ${type}\ndata: ${JSON.stringify({type, ...fields})}\n\n`)
    response.end()
  })
})
server.listen(0, '127.0.0.1', () => {
  writeFileSync(`${process.env.FILE}~`, String(server.address().port))
  renameSync(`${process.env.FILE}~`, process.env.FILE)
})

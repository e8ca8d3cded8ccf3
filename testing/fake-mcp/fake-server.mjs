#!/usr/bin/env node
// A fake MCP server over stdio, of the eras with a handshake. Its behaviour comes from its arguments, as a program of
// mcos.yaml gets no other setting: `fake-server.mjs [tools=N] [pid=FILE] [mode…]`, where a mode is one of
//   mute garbage die-at-start die-at-call huge slow deaf leaves=FILE endless hostile noisy
import {spawn} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import {createInterface} from 'node:readline'
import {answer} from './answers.mjs'

const words = process.argv.slice(2)
const is = (mode) => words.includes(mode)
const settingOf = (key) => words.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1)

if (settingOf('pid')) writeFileSync(settingOf('pid'), String(process.pid))
if (is('deaf')) for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => undefined)
if (settingOf('leaves')) {
  const child = spawn('sh', ['-c', 'trap "" TERM; sleep 600; sleep 600'], {stdio: 'inherit'})
  writeFileSync(settingOf('leaves'), String(child.pid))
}
if (is('die-at-start')) {
  process.stderr.write('no key is set\n')
  process.exit(3)
}
if (is('noisy')) process.stdout.write('Welcome to the fake server!\n{"half": \n')
if (is('garbage')) setInterval(() => process.stdout.write('<html>no</html>\n'.repeat(100)), 5)

const send = (message) => process.stdout.write(`${JSON.stringify(message)}\n`)

createInterface({input: process.stdin})
  .on('line', (line) => {
    const request = JSON.parse(line)
    if (is('mute') || is('garbage') || request.id === undefined) return
    if (request.method === 'tools/call') {
      if (is('die-at-call')) process.exit(4)
      if (is('slow')) return
      if (is('huge'))
        return send({jsonrpc: '2.0', id: request.id, result: {content: [{type: 'text', text: 'x'.repeat(20_000_000)}]}})
    }
    send(answer(request, {tools: Number(settingOf('tools') ?? 3), isEndless: is('endless'), isHostile: is('hostile')}))
  })
  .on('close', () => {
    if (!is('deaf')) process.exit(0)
  })
if (is('deaf')) setInterval(() => undefined, 1_000)

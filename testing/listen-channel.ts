import {listenToChannel} from '../src/app/channel/listen.js'
import {openFleet} from '../src/app/fleet.js'
import type {Fleet} from '../src/workspace/fleet.js'

// Started as a process of its own by tests that kill, freeze or end a listener. With "hold" it stands still for good in the
// moment in which a decision is kept and the offset has not moved yet.
const [home = '', mode = ''] = process.argv.slice(2)
const stop = new AbortController()
process.on('SIGINT', () => stop.abort())
const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function open(): Promise<Fleet> {
  const fleet = await openFleet({home, cwd: home, env: process.env})
  if (mode !== 'hold') return fleet
  const {mcos} = fleet
  const write: typeof mcos.write = (path, content, options) => {
    if (/^telegram\/.*\.json$/.test(path) && !String(content).includes('"offset": null')) {
      say('decided')
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
    }
    mcos.write(path, content, options)
  }
  return {...fleet, mcos: {...mcos, write}}
}

const request = {name: null, once: mode === 'once'}
try {
  say('listening')
  const end = await listenToChannel(await open(), request, {signal: stop.signal, reopen: open, hear: say})
  say(`ended after ${end.rounds > 0 ? 'listening' : 'nothing'}`)
} catch (error) {
  say(`failed: ${error instanceof Error && 'code' in error ? String(error.code) : String(error)}`)
}

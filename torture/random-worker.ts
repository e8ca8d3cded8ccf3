import {systemClock} from '../src/kit/clock.js'
import {isUserError} from '../src/kit/errors.js'
import {openFolder} from '../src/kit/folder.js'
import {contentHash} from '../src/kit/hash.js'
import {type Lock, waitForLock} from '../src/kit/lock.js'
import {readTask, say} from './in-worker.js'
import {LOCKS, parseTally, type Tally} from './random-state.js'

const {dir, name, life, repairOnly} = readTask<{dir: string; name: string; life: string; repairOnly?: boolean}>()
const home = openFolder(`${dir}/home`)
const mcos = openFolder(`${dir}/mcos`)

/** Each does its work under its lock, and says what it is about to do and what is done; killed at any moment. */
finishMoves()
for (let step = 0; !repairOnly; step++) {
  const lock = LOCKS[step % LOCKS.length] ?? 'one'
  const id = `${name}.${life}.${step}`
  under(lock, (held) => {
    append(lock, held, id)
    count(lock, held)
  })
  handOn(id)
}

function under(name: string, act: (lock: Lock) => void): void {
  const lock = waitForLock(mcos, name, {clock: systemClock, timeoutMs: 60_000})
  try {
    act(lock)
  } finally {
    lock.release()
  }
}

function append(lock: string, {staging}: Lock, id: string): void {
  say(`append ${lock} ${id}`)
  home.append(`log-${lock}`, `${id} ${'x'.repeat(40)} end`, {staging, sync: false})
  say(`appended ${lock} ${id}`)
}

/** Compare and swap of a file that all of them change: the sum, and everybody's own part of it. */
function count(lock: string, {staging}: Lock): void {
  const text = home.readText(`tally-${lock}`)
  const tally: Tally = text === null ? {sum: 0, by: {}} : parseTally(text)
  const mine = (tally.by[name] ?? 0) + 1
  const next = JSON.stringify({sum: tally.sum + 1, by: {...tally.by, [name]: mine}})
  home.write(`tally-${lock}`, next, {staging, sync: false, expect: text === null ? null : contentHash(text)})
  say(`counted ${lock} ${mine}`)
}

/** A message's way without any lock: made once, moved on, taken away. */
function handOn(id: string): void {
  say(`make ${id}`)
  home.write(`new/${id}`, `${id} end`, {sync: false, expect: null})
  say(`made ${id}`)
  home.move(`new/${id}`, `cur/${id}`, {sync: false})
  say(`moved ${id}`)
  home.remove(`cur/${id}`, {sync: false})
  say(`removed ${id}`)
}

/** What the next run does about a move that was killed between its two names: the same move again. */
function finishMoves(): void {
  const moved = new Set(home.list('cur').map((entry) => entry.name))
  for (const entry of home.list('new')) {
    if (!moved.has(entry.name) || !entry.name.startsWith(`${name}.`)) continue
    try {
      home.move(`new/${entry.name}`, `cur/${entry.name}`, {sync: false})
      say(`finished ${entry.name}`)
    } catch (error) {
      say(`wrong ${entry.name}: ${isUserError(error) ? error.message : error}`)
    }
  }
}

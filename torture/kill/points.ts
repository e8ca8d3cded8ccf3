import {readdirSync, readFileSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import type {KillCase} from './cases.js'
import {layOut} from './fleets.js'
import {callsIn, type KillPoint, recordGits, recordOwn} from './kill-at.js'
import {runMcos} from './run-mcos.js'

interface Place {
  readonly pristine: string
  readonly round: string
}

/** Every place at which a case can be killed: before each call of mcos itself, and of each git it starts. */
export function killPoints(kill: KillCase, place: Place): KillPoint[] {
  const own = ownCalls(kill, place).map((call) => ({who: 'mcos' as const, process: 0, ...call}))
  const gits = gitCalls(kill, place)
  const inGits = (who: 'git' | 'all') =>
    gits.flatMap((calls, index) => calls.map((call) => ({who, process: index + 1, ...call})))
  return [...own, ...inGits('git'), ...inGits('all')]
}

function ownCalls(kill: KillCase, {pristine, round}: Place): ReturnType<typeof callsIn> {
  layOut(pristine, round)
  const log = join(round, 'calls')
  runMcos(kill.argv(round), {...placesIn(round), through: recordOwn(log)})
  return callsIn(readFileSync(log, 'utf8'))
}

function gitCalls(kill: KillCase, {pristine, round}: Place): ReturnType<typeof callsIn>[] {
  layOut(pristine, round)
  runMcos(kill.argv(round), {...placesIn(round), ...recordGits(round)})
  const bin = join(round, 'trap')
  // A command that starts none has written nothing down.
  const logs = readdirSync(bin).filter((name) => name.startsWith('git.'))
  const sorted = logs.sort((one, other) => Number(one.slice(4)) - Number(other.slice(4)))
  const calls = sorted.map((name) => callsIn(readFileSync(join(bin, name), 'utf8')))
  rmSync(bin, {recursive: true})
  return calls
}

function placesIn(round: string): {cwd: string; person: string} {
  return {cwd: join(round, 'home'), person: join(round, 'person')}
}

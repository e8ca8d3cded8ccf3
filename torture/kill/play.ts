import {rmSync} from 'node:fs'
import {join} from 'node:path'
import {isQuick} from '../../testing/slowness.js'
import type {KillCase} from './cases.js'
import {layOut} from './fleets.js'
import {type KillPoint, setTrap} from './kill-at.js'
import {type McosRun, runMcos} from './run-mcos.js'
import {differences, snapshotOf} from './snapshot.js'
import {ageLeftovers, ageOutside, countCommits, unswept, wrongTraces} from './traces.js'

/** A case with its prepared fleet, where it is played, and what it has to come to. */
export interface Stage {
  readonly kill: KillCase
  /** The prepared fleet, never touched. */
  readonly pristine: string
  /** Where each round gets its copy. */
  readonly round: string
  /** What a run that nobody kills comes to, and what none at all. */
  readonly done: readonly string[]
  readonly untouched: readonly string[]
  /** How long a run takes that nobody kills. */
  readonly doneMs: number
}

export interface Round {
  /** Whether anything was killed at all; a call beyond the last one kills nothing. */
  readonly wasKilled: boolean
  readonly wrong: readonly string[]
  /** How much longer the next command took, which repairs, than it takes without that. */
  readonly repairMs: number
}

const REPAIR_MS = 1000

/** Plays the case without a kill, and without the case, for what a killed one is compared with. */
export function openStage(kill: KillCase, {pristine, round}: {pristine: string; round: string}): Stage {
  layOut(pristine, round)
  beat(round)
  const untouched = snapshotOf(round)
  layOut(pristine, round)
  const whole = runCase(kill, round)
  insistOnSuccess(kill, whole)
  beat(round)
  const stage = {kill, pristine, round, done: snapshotOf(round), untouched, doneMs: whole.ms}
  const wrong = [...wrongTraces(round), ...restless(round)]
  if (wrong.length > 0) throw new Error(`${kill.name} is wrong without a kill: ${wrong.join('; ')}`)
  return stage
}

/** One kill: what was left is repaired by the next command and has to be as if nothing had happened, or everything. */
export function playRound(stage: Stage, point: KillPoint): Round {
  const first = playOnce(stage, point)
  if (isQuick(first.repairMs, REPAIR_MS)) return first
  // A machine that is busy with other things gets a second chance, at the time alone.
  const second = playOnce(stage, point)
  const repairMs = Math.min(first.repairMs, second.repairMs)
  const wrong = [...first.wrong, ...second.wrong]
  if (!isQuick(repairMs, REPAIR_MS))
    wrong.push(`slow: the next command took ${Math.round(repairMs)} ms longer than without a kill`)
  return {...first, wrong, repairMs}
}

function playOnce(stage: Stage, point: KillPoint): Round {
  const {kill, pristine, round} = stage
  layOut(pristine, round)
  const trap = setTrap(round, point)
  const killed = runCase(kill, round, trap)
  rmSync(join(round, 'trap'), {recursive: true, force: true})
  const wasKilled = killed.code !== 0
  ageOutside(round)
  const next = kill.next === 'again' ? runCase(kill, round) : beat(round)
  const wrong = [
    ...(kill.kind !== 'empty' && next.code !== 0 ? [`what came next failed: ${said(next)}`] : []),
    ...wrongTraces(round),
  ]
  wrong.push(...judgeOutcome(stage, killed))
  wrong.push(...restless(round))
  // What the same takes where nothing is to be repaired depends on the machine and on what else it does.
  const plainMs = kill.next === 'again' ? Math.max(stage.doneMs, runCase(kill, round).ms) : beat(round).ms
  const repairMs = next.ms - plainMs
  return {wasKilled, wrong, repairMs}
}

/** Either all of it has happened, or nothing, and then it can be asked for again. */
function judgeOutcome({kill, round, done, untouched}: Stage, killed: McosRun): string[] {
  const isSame = (expected: readonly string[]) => differences(snapshotOf(round), expected).length === 0
  if (kill.next === 'again') beat(round)
  if (isSame(done)) return []
  const lost = hasClaimed(killed) ? [`lost: it said it was done: ${killed.stdout.slice(0, 100)}`] : []
  if (!isSame(untouched)) return [...lost, ...between(round, {done, untouched})]
  const again = runCase(kill, round)
  if (again.code !== 0) return [...lost, `it can't be asked for again: ${said(again)}`]
  beat(round)
  return [...lost, ...wrongTraces(round), ...differences(snapshotOf(round), done).map((line) => `asked again: ${line}`)]
}

/** Nearer to what was done or to what was not: the shorter list says what is wrong. */
function between(round: string, {done, untouched}: Pick<Stage, 'done' | 'untouched'>): string[] {
  const found = snapshotOf(round)
  const [one, other] = [differences(found, done), differences(found, untouched)]
  return one.length <= other.length
    ? one.map((line) => `torn or doubled: ${line}`)
    : other.map((line) => `neither undone nor done: ${line}`)
}

/** A day later nothing is left lying about, and nothing is done a second time. */
function restless(round: string): string[] {
  ageLeftovers(round)
  const before = countCommits(round)
  beat(round)
  const more = countCommits(round) - before
  const check = runMcos(['fsck'], {cwd: join(round, 'home')})
  return [
    ...unswept(round),
    ...(more === 0 ? [] : [`${more} commits more by a beat without news`]),
    ...(check.code === 0 ? [] : [`mcos fsck: ${said(check)}`]),
  ]
}

function runCase(kill: KillCase, round: string, trap: {through?: readonly string[]; path?: string} = {}): McosRun {
  return runMcos(kill.argv(round), {cwd: join(round, 'home'), person: join(round, 'person'), ...trap})
}

function beat(round: string): McosRun {
  return runMcos(['heartbeat'], {cwd: join(round, 'home')})
}

function hasClaimed({stdout}: McosRun): boolean {
  try {
    return !('error' in (JSON.parse(stdout) as object))
  } catch {
    // Cut short, or nothing was said.
    return false
  }
}

function insistOnSuccess(kill: KillCase, run: McosRun): void {
  if (run.code !== 0) throw new Error(`${kill.name} fails without a kill: ${said(run)}`)
}

function said({code, stdout, stderr}: McosRun): string {
  return `exit ${code}: ${`${stderr}${stdout}`.trim().slice(0, 300)}`
}

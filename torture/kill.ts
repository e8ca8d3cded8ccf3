import {spawnSync} from 'node:child_process'
import {existsSync, mkdtempSync, realpathSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {type Dice, dice} from './dice.js'
import {KILL_CASES, type KillCase} from './kill/cases.js'
import {layOut, prepareFleet} from './kill/fleets.js'
import {formatKillPoint, type KillPoint, parseKillPoint} from './kill/kill-at.js'
import {openStage, playRound, type Stage} from './kill/play.js'
import {killPoints} from './kill/points.js'
import {type Torture, type TortureOptions, type TortureReport, Wrongs} from './torture.js'

/** Every command that changes something, killed before each of its system calls; the next run has to repair it all. */
export const torture: Torture = {
  what: 'commands killed at their every system call (rounds: how many of them, spread over all)',
  shortRounds: 22,
  longRounds: 100_000,
  run: async (options) => {
    if (spawnSync('strace', ['-V']).error)
      return {counts: {}, wrong: 0, examples: [], skipped: 'strace is not installed'}
    const base = realpathSync(mkdtempSync(join(tmpdir(), 'mcos-kill-')))
    try {
      return killAll(base, options)
    } finally {
      rmSync(base, {recursive: true, force: true})
    }
  },
}

function killAll(base: string, options: TortureOptions): TortureReport {
  const {rounds, seed, command, at} = options
  const chance = dice(seed)
  const wrongs = new Wrongs()
  const counts: Record<string, string> = {}
  const cases = KILL_CASES.filter(({name}) => command === undefined || name === command)
  if (cases.length === 0) throw new Error(`--command is one of: ${KILL_CASES.map(({name}) => name).join(', ')}`)
  for (const kill of cases) {
    const place = {pristine: prepare(base, kill), round: join(base, 'round')}
    const stage = openStage(kill, place)
    const points = at === undefined ? killPoints(kill, place) : [pointAt(at)]
    const chosen = sample(points, {count: Math.ceil(rounds / cases.length), chance})
    counts[kill.name] = killEach(stage, chosen, {wrongs, known: points.length})
    console.log(`  ${kill.name.padEnd(32)} ${counts[kill.name]}`)
  }
  return {counts, wrong: wrongs.count, examples: wrongs.examples}
}

function killEach(
  stage: Stage,
  points: readonly KillPoint[],
  {wrongs, known}: {wrongs: Wrongs; known: number},
): string {
  const sum = {tried: 0, killed: 0, wrong: 0, slowestMs: 0}
  for (const point of points) {
    const {wasKilled, wrong, repairMs} = playRound(stage, point)
    sum.tried++
    if (wasKilled) sum.killed++
    sum.slowestMs = Math.max(sum.slowestMs, repairMs)
    if (wrong.length === 0) continue
    sum.wrong++
    const how = `npm run torture -- kill --command '${stage.kill.name}' --at '${formatKillPoint(point)}'`
    wrongs.add(`${how}: ${wrong.join('; ')}`)
    console.log(`  ! ${how}\n${wrong.map((what) => `      ${what}`).join('\n')}`)
  }
  const {tried, killed, wrong, slowestMs} = sum
  return `${tried} of ${known} kills, ${killed} of them ended the command, ${wrong} wrong, slowest repair +${Math.round(slowestMs)} ms`
}

function prepare(base: string, {kind}: KillCase): string {
  const pristine = join(base, kind)
  if (existsSync(pristine)) return pristine
  const round = join(base, 'round')
  // Made where it is played, as some files may name their place.
  rmSync(round, {recursive: true, force: true})
  prepareFleet(round, kind)
  layOut(round, pristine)
  return pristine
}

function pointAt(text: string): KillPoint {
  const point = parseKillPoint(text)
  if (!point) throw new Error('--at is a call and its number: rename.3, "git 2 rename.3" or "all 2 rename.3"')
  return point
}

/** Some of them, in their order; all where as many were asked for. */
function sample<T>(items: readonly T[], {count, chance}: {count: number; chance: Dice}): T[] {
  if (count >= items.length) return [...items]
  const left = items.map((_, place) => place)
  const taken = Array.from({length: count}, () => left.splice(chance.below(left.length), 1)[0] ?? 0)
  return taken.sort((one, other) => one - other).flatMap((place) => items[place] ?? [])
}

import {spawnSync} from 'node:child_process'
import {cpSync, existsSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {isQuick} from '../testing/slowness.js'
import {type Dice, dice} from './dice.js'
import {runGit} from './kill/run-mcos.js'
import {ageLeftovers, unswept, wrongTraces} from './kill/traces.js'
import {CALAMITIES, type Calamity, recordCalls, restore} from './mail-calamities.js'
import {accountsIn, judgeEnd, readLines} from './mail-judge.js'
import {type Letter, makeLetters} from './mail-letters.js'
import {type MailWorld, openWorld, type Ran, TIMEOUT_MS} from './mail-world.js'
import {type Torture, type TortureOptions, type TortureReport, Wrongs} from './torture.js'

/** Mails that come between two runs; a triage takes 200 of each account at most. */
const BETWEEN = 5
const MOST_CALM_RUNS = 20
/** How much later than alone an account may be while another hangs. */
const SLACK_MS = 2_000

/** Mail of five accounts through everything that can go wrong with servers, lines, processes and mails. */
export const torture: Torture = {
  what: 'mail of five accounts through kills, cuts, stalls, resets, refusals, replays and malformed mails (rounds: mails)',
  shortRounds: 150,
  longRounds: 1_000,
  run: async (options) => {
    const lacks = ['strace', 'openssl', 'setpriv', '/usr/sbin/dovecot'].filter(
      (one) => spawnSync(one, ['--version']).error,
    )
    if (lacks.length > 0) return {counts: {}, wrong: 0, examples: [], skipped: `${lacks.join(', ')} is not installed`}
    const world = await openWorld()
    try {
      return await tortureMail(world, options)
    } finally {
      await world.close()
    }
  },
}

async function tortureMail(world: MailWorld, {rounds, seed, command}: TortureOptions): Promise<TortureReport> {
  const chance = dice(seed)
  const wrongs = new Wrongs()
  const letters = makeLetters(rounds, chance)
  const counts = {runs: 0, killed: 0, 'slowest account beside one that hangs': 0}
  const known = CALAMITIES.filter(({name}) => command === undefined || name === command)
  const kills = known.filter(({name}) => name.includes('killed'))
  let deck: Calamity[] = []
  let delivered = 0
  const bring = async (): Promise<void> => {
    for (const letter of letters.slice(delivered, delivered + BETWEEN)) await world.deliver(letter)
    delivered += BETWEEN
  }
  world.calls = await recordCalls(world, bring)
  for (let at = delivered; at < letters.length; at += BETWEEN) {
    await bring()
    if (deck.length === 0) deck = shuffled(known, chance)
    // What a kill leaves is often found by a run that has a trouble of its own.
    if (kills.length > 0 && chance.below(3) === 0) deck.push(chance.pick(kills))
    const calamity = deck.pop()
    if (!calamity) throw new Error(`--command is one of: ${CALAMITIES.map(({name}) => name).join(', ')}`)
    const ends = await calamity.play(world, chance)
    await restore(world, calamity.name)
    counts.runs += ends.length
    counts.killed += ends.filter(isKilled).length
    counts['slowest account beside one that hangs'] = Math.max(
      counts['slowest account beside one that hangs'],
      ...ends.map((end) => judgeRun(end, calamity, wrongs)),
    )
  }
  const calm = await calmDown(world, wrongs)
  const end = judgeEnd(world, letters, wrongs)
  await judgeRest(world, wrongs)
  const clone = await judgeClone(world, letters, wrongs)
  return {
    counts: {...counts, 'calm runs until nothing was left': calm, ...end, ...clone},
    wrong: wrongs.count,
    examples: wrongs.examples,
  }
}

/** Who isn't hit is on time, and who is says so. Answers the slowest of those that are not hit, in ms. */
function judgeRun(end: Ran, {name, fails}: Calamity, wrongs: Wrongs): number {
  wrongs.insist(isQuick(end.ms, 40_000), `${name}: it took ${Math.round(end.ms)} ms`)
  const accounts = accountsIn(end)
  if (fails === null) return 0
  wrongs.insist(!isKilled(end), `${name}: it was killed`)
  if (accounts === null) {
    wrongs.insist(name.includes('beat'), `${name}: it said ${`${end.stdout}${end.stderr}`.slice(0, 300)}`)
    return 0
  }
  for (const {account, state} of accounts) {
    const expected = fails.includes(account) ? 'failed' : 'ok'
    wrongs.insist(
      state === expected || state === 'skipped',
      `${name}: ${account} is ${state}, not ${expected}: ${end.stdout.slice(0, 600)}`,
    )
  }
  const others = accounts.filter(({account}) => !fails.includes(account)).map(({ms}) => ms)
  const slowest = Math.max(0, ...others)
  wrongs.insist(slowest < TIMEOUT_MS, `${name}: an account that works took ${slowest} ms`)
  wrongs.insist(isQuick(end.ms, TIMEOUT_MS + SLACK_MS + 4_000), `${name}: the run took ${Math.round(end.ms)} ms`)
  return slowest
}

function isKilled({signal, code}: Ran): boolean {
  return signal === 'SIGKILL' || code === 137
}

/** Runs without any trouble until one finds nothing; then one more, which may change nothing at all. */
async function calmDown(world: MailWorld, wrongs: Wrongs): Promise<number> {
  for (let count = 1; count <= MOST_CALM_RUNS; count++) {
    const end = await world.run(['email', 'triage', '--json'])
    const accounts = accountsIn(end)
    const isDone = accounts?.every(({state, new: news, waiting}) => state === 'ok' && news === 0 && waiting === 0)
    if (isDone) return count
    if (accounts === null) wrongs.add(`a calm run said ${`${end.stdout}${end.stderr}`.slice(0, 300)}`)
    // Somebody may have been told to wait.
    await sleep(500)
  }
  wrongs.add(`after ${MOST_CALM_RUNS} calm runs there is still something new`)
  return MOST_CALM_RUNS
}

/** With nothing new, a run writes no line and makes no commit; nothing is left lying about, and all of it can be read. */
async function judgeRest({fleet, run}: MailWorld, wrongs: Wrongs): Promise<void> {
  const before = [readLines(fleet.home, fleet.list).length, fleet.git('rev-parse', 'HEAD')]
  await run(['email', 'triage', '--json'])
  const after = [readLines(fleet.home, fleet.list).length, fleet.git('rev-parse', 'HEAD')]
  wrongs.insist(before.join() === after.join(), `a run that finds nothing changed ${before.join()} to ${after.join()}`)
  const status = fleet.git('status', '--porcelain')
  wrongs.insist(status === '', `not committed: ${status.slice(0, 300)}`)
  for (const what of wrongTraces(fleet.dir)) wrongs.add(what)
  ageLeftovers(fleet.dir)
  await run(['heartbeat', 'donna'])
  for (const what of unswept(fleet.dir)) wrongs.add(what)
  const {code, stdout, stderr} = await run(['fsck'])
  wrongs.insist(code === 0, `mcos fsck: ${code} ${stdout}${stderr}`.slice(0, 400))
}

/** Another machine with nothing but the fleet's git tells nobody and drafts nothing a second time. */
async function judgeClone(
  world: MailWorld,
  letters: readonly Letter[],
  wrongs: Wrongs,
): Promise<Record<string, number>> {
  const {fleet} = world
  const home = join(fleet.dir, 'clone')
  runGit(fleet.dir, 'clone', '-q', fleet.home, home)
  for (const [key, value] of [
    ['user.name', 'Ada'],
    ['user.email', 'ada@example.com'],
  ] as const)
    runGit(home, 'config', key, value)
  // Private keys are no part of the fleet: a person brings them along.
  cpSync(join(fleet.home, '.mcos/keys'), join(home, '.mcos/keys'), {recursive: true})
  const pages = fleet.list('pages').length
  const before = judgeEnd(world, letters, new Wrongs())
  const trust = await world.run(['trust', '--yes'], {home})
  wrongs.insist(trust.code === 0, `mcos trust in a clone: ${trust.stdout}${trust.stderr}`.slice(0, 300))
  const lines = readLines(home, (folder) => fleet.list(join('../clone', folder))).length
  for (let count = 0; count < 3; count++) {
    const end = await world.run(['email', 'triage', '--json'], {home})
    const accounts = accountsIn(end)
    if (!accounts?.every(({state}) => state === 'ok'))
      wrongs.add(`a clone said ${`${end.stdout}${end.stderr}`.slice(0, 300)}`)
    const news = accounts?.reduce((sum, one) => sum + one.new, 0)
    wrongs.insist(news === 0, `a clone found ${news} new mails`)
  }
  const after = readLines(home, (folder) => fleet.list(join('../clone', folder)))
  const told = after.slice(lines).filter(({kind}) => kind === 'mail' || kind === 'escalated')
  wrongs.insist(told.length === 0, `a clone wrote ${told.length} mails and escalations: ${JSON.stringify(told[0])}`)
  wrongs.insist(!existsSync(join(home, 'pages')), 'a clone paged somebody')
  wrongs.insist(fleet.list('pages').length === pages, 'a clone paged somebody')
  const again = judgeEnd(world, letters, wrongs)
  wrongs.insist(again['drafts'] === before['drafts'], `a clone drafted: ${before['drafts']} → ${again['drafts']}`)
  rmSync(home, {recursive: true, force: true})
  return {'lines that a fresh clone added': after.length - lines}
}

function shuffled<T>(items: readonly T[], chance: Dice): T[] {
  const left = [...items]
  return Array.from({length: left.length}, () => left.splice(chance.below(left.length), 1)).flat()
}

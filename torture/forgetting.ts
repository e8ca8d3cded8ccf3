import {dice} from './dice.js'
import type {Fact} from './forgetting-facts.js'
import {HELPERS} from './forgetting-helpers.js'
import type {Verdict} from './forgetting-judge.js'
import {type KillMoment, killOnce} from './forgetting-kills.js'
import {CUTS, type Mode, playSession, type SessionReport} from './forgetting-session.js'
import {type Torture, type TortureReport, Wrongs} from './torture.js'

const HOLDING = 100
const MOST_TOKENS = 3_000
/** A fact or two, word for word, is what the file is for; a page of the talk is not. */
const LONGEST_COPY = 400
const KILLS_A_ROUND = 1.5
const MODES: readonly Mode[] = ['chat', 'run']

/** A hundred facts of every kind among much noise, a context that is cut ten times, and not one of them lost. */
export const torture: Torture = {
  what: `${HOLDING} facts that hold, ${CUTS} cuts, with a helpful, a useless and a failing model (rounds: sessions)`,
  shortRounds: 2,
  longRounds: 60,
  run: async ({rounds, seed, command}) => {
    const wrongs = new Wrongs()
    const counts: Record<string, number | string> = {}
    const byKind = new Map<string, number>()
    let cuts = 0
    for (let round = 0; round < rounds; round++) {
      const helper = HELPERS[round % HELPERS.length] ?? 'useless'
      const mode = MODES[round % MODES.length] ?? 'chat'
      const name = `${mode}, ${helper}, ${round + 1}`
      if (command !== undefined && !name.startsWith(command)) continue
      const wish = {mode, helper, chance: dice(seed + round * 7919), holding: HOLDING, cuts: CUTS}
      const report = await playSession(wish)
      cuts += report.verdicts.length
      counts[name] = judge(report, {name, wrongs, byKind})
      console.log(`  ${name.padEnd(32)} ${counts[name]}`)
    }
    counts['cuts'] = cuts
    if (command === undefined || command === 'killed')
      counts['killed'] = await killMany(Math.ceil(rounds * KILLS_A_ROUND), {seed, wrongs})
    for (const [kind, count] of [...byKind].sort()) counts[kind] = count
    return {counts, wrong: wrongs.count, examples: wrongs.examples} satisfies TortureReport
  },
}

/** At every request in turn, and all through a flush. */
async function killMany(kills: number, {seed, wrongs}: {seed: number; wrongs: Wrongs}): Promise<string> {
  const sum = {killed: 0, heard: 0}
  for (let kill = 0; kill < kills; kill++) {
    const chance = dice(seed + kill * 104_729)
    const moment: KillMoment =
      kill % 3 === 0
        ? {at: 'request', request: 2 + ((kill / 3) % 12), delayMs: chance.pick([0, 10, 40, 80])}
        : {at: 'flush', request: 0, delayMs: chance.below(200)}
    const {wasKilled, heard, wrong} = await killOnce(moment, chance)
    sum.killed += wasKilled ? 1 : 0
    sum.heard += heard
    const when =
      moment.at === 'flush'
        ? `${moment.delayMs} ms into a flush`
        : `${moment.delayMs} ms after request ${moment.request}`
    for (const trouble of wrong) wrongs.add(`killed ${when}: ${trouble}`)
  }
  return `${sum.killed} of ${kills} kills ended it, ${sum.heard} facts heard before`
}

interface Judging {
  readonly name: string
  readonly wrongs: Wrongs
  readonly byKind: Map<string, number>
}

function judge({verdicts, facts, troubles}: SessionReport, {name, wrongs, byKind}: Judging): string {
  for (const trouble of troubles) wrongs.add(`${name}: ${trouble}`)
  const lost = distinct(verdicts.flatMap((verdict) => verdict.lost))
  const unbound = distinct(verdicts.flatMap((verdict) => verdict.unbound))
  const undead = distinct(verdicts.flatMap((verdict) => verdict.undead))
  for (const fact of lost) {
    const kind = `lost: ${fact.kind}, ${fact.voice}`
    byKind.set(kind, (byKind.get(kind) ?? 0) + 1)
    wrongs.add(`${name}: ${kind}: ${fact.text}`)
  }
  for (const fact of unbound) wrongs.add(`${name}: does not stand in the next request: ${fact.text}`)
  for (const fact of undead) {
    byKind.set(`superseded and there: ${fact.kind}`, (byKind.get(`superseded and there: ${fact.kind}`) ?? 0) + 1)
    wrongs.add(`${name}: superseded and still there: ${fact.text}`)
  }
  const most = (value: (verdict: Verdict) => number): number => Math.max(0, ...verdicts.map(value))
  const [tokens, longest, share] = [
    most(({tokens}) => tokens),
    most(({longest}) => longest),
    most(({noiseShare}) => noiseShare),
  ]
  wrongs.insist(tokens <= MOST_TOKENS, `${name}: WORKSTATE.md has ${tokens} tokens`)
  wrongs.insist(longest <= LONGEST_COPY, `${name}: ${longest} characters are copied from the talk`)
  wrongs.insist(share <= 0.25, `${name}: ${Math.round(share * 100)} % of WORKSTATE.md is noise`)
  const hostile = most((verdict) => verdict.hostile)
  wrongs.insist(hostile === 0, `${name}: ${hostile} lines of strangers were taken over`)
  const superseded = facts.filter(({replaces}) => replaces !== undefined).length
  return `${verdicts.length} cuts, ${facts.length} facts, ${superseded} superseded; lost ${lost.length}, undead ${undead.length}, unbound ${unbound.length}; ${tokens} tokens, longest copy ${longest}, noise ${Math.round(share * 100)} %`
}

function distinct(facts: readonly Fact[]): Fact[] {
  return [...new Map(facts.map((fact) => [fact.id, fact])).values()]
}

import {setTimeout as sleep} from 'node:timers/promises'
import {type Behaviour, says} from '../testing/model-server/behaviour.js'
import {fails} from '../testing/model-server/problem.js'
import type {RecordedRequest} from '../testing/model-server/recorded.js'
import {startModelServer} from '../testing/model-server/server.js'
import type {Dice} from './dice.js'
import type {ModelFleet} from './model-fleet.js'
import {requestsOf, type SeenWait, watchBackOff} from './storms-back-off.js'
import {agentNames, askerOf, beatApart, makeStormFleet, troublesAfter} from './storms-fleet.js'
import type {Wrongs} from './torture.js'

export interface StormPlace {
  readonly agents: number
  readonly chance: Dice
  readonly wrongs: Wrongs
}

const MOST_BEATS = 60
const BEFORE_NEXT_BEAT_MS = 200

/** Beats until everybody has an answer; nobody may come back before the provider said, whoever it said it to. */
export async function playStorm({agents: count, chance, wrongs}: StormPlace): Promise<Record<string, number | string>> {
  const storm = new Storm(chance, wrongs)
  const server = await startModelServer({script: (request) => storm.answer(request)})
  const fleet = makeStormFleet(count, {url: server.url})
  const watch = watchBackOff(fleet)
  try {
    const names = agentNames(count)
    let beats = 0
    for (; beats < MOST_BEATS && storm.waiting(names).length > 0; beats++) {
      for (const {code, stderr, stdout} of await beatApart(fleet, storm.waiting(names))) {
        // 1: no engine gave an answer, and it is said.
        wrongs.insist(code === 0 || code === 1, `a beat ended with ${code}: ${stderr || stdout}`.slice(0, 300))
      }
      await sleep(BEFORE_NEXT_BEAT_MS)
    }
    // What is answered is not due again.
    await beatApart(fleet, names)
    storm.judgeEnd(fleet, names, watch.seen)
    for (const trouble of await troublesAfter(fleet)) wrongs.add(trouble)
    return {...storm.counts, 'rounds of beats': beats, 'told to wait, most': `${storm.longestMs} ms`}
  } finally {
    watch.stop()
    await server.close()
    fleet.remove()
  }
}

/** From the last look at the back-off to the note of the request in the transcript: on a busy machine others may come in between. */
const SLACK_MS = 500

class Storm {
  readonly counts = {
    requests: 0,
    '429': 0,
    '529': 0,
    cuts: 0,
    answers: 0,
    'under way when others were told': 0,
    'sent against the back-off': 0,
  }
  longestMs = 0
  private readonly answered = new Map<string, string[]>()
  private readonly waits: {readonly from: number; readonly until: number; readonly by: string}[] = []

  constructor(
    private readonly chance: Dice,
    private readonly wrongs: Wrongs,
  ) {}

  waiting(names: readonly string[]): string[] {
    return names.filter((name) => !this.answered.has(name))
  }

  answer(request: RecordedRequest): Behaviour {
    const who = askerOf(request)
    this.counts.requests++
    this.insistOnWait(request.at, who)
    const fate = this.chance.below(100)
    if (fate < 50) return this.turnAway(who)
    if (fate < 70) {
      this.counts['529']++
      return fails(529)
    }
    const text = `Nothing promised, says ${who} the ${this.counts.requests}th.`
    if (fate < 77) {
      this.counts.cuts++
      return says(text, {accident: {afterEvents: this.chance.below(5), what: 'cut'}})
    }
    this.counts.answers++
    this.answered.set(who, [...(this.answered.get(who) ?? []), text])
    return says(text)
  }

  private turnAway(who: string): Behaviour {
    this.counts['429']++
    const seconds = 1 + this.chance.below(2)
    const now = Date.now()
    this.longestMs = Math.max(this.longestMs, seconds * 1000)
    this.waits.push({from: now, until: now + seconds * 1000, by: who})
    return fails(429, {headers: {'retry-after': String(seconds)}})
  }

  /** Whoever was told itself may never be early; the others may be under way already. */
  private insistOnWait(at: number, who: string): void {
    for (const {from, until, by} of this.waits) {
      if (at <= from || at >= until) continue
      this.counts['under way when others were told']++
      if (by === who) this.wrongs.add(`${who} asks ${at - from} ms after it was told to wait ${until - from} ms`)
      return
    }
  }

  /** Nobody decides to ask while it stands in the files of the machine that the engine is to be left alone. */
  private judgeDecisions(fleet: ModelFleet, seen: readonly SeenWait[]): void {
    for (const {agent, at} of requestsOf(fleet)) {
      const ignored = seen.find((wait) => wait.seen + SLACK_MS < at && at < wait.until)
      if (!ignored) continue
      this.counts['sent against the back-off']++
      const late = `${at - ignored.seen} ms after the wait was written down, ${ignored.until - at} ms before its end`
      this.wrongs.add(`${agent} asks ${late}`)
    }
  }

  judgeEnd(fleet: ModelFleet, names: readonly string[], seen: readonly SeenWait[]): void {
    const {wrongs} = this
    this.judgeDecisions(fleet, seen)
    for (const name of names) {
      const answers = this.answered.get(name) ?? []
      wrongs.insist(answers.length === 1, `${name} was answered ${answers.length} times`)
      const commits = fleet.git('log', '--format=%H', `--author=^${name} `).split('\n').filter(Boolean)
      wrongs.insist(commits.length === 1, `${name} has ${commits.length} commits for one answer`)
      const logs = fleet
        .list(`workspaces/${name}/memory`)
        .map((file) => fleet.read(`workspaces/${name}/memory/${file}`))
      const told = logs.join('').split(answers[0] ?? 'no answer').length - 1
      wrongs.insist(told === 1, `the answer stands ${told} times in the log of ${name}`)
    }
  }
}

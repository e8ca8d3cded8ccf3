import {setTimeout as sleep} from 'node:timers/promises'
import {asksFor, type Behaviour, says} from '../testing/model-server/behaviour.js'
import {type RecordedRequest, readableText} from '../testing/model-server/recorded.js'
import {startModelServer} from '../testing/model-server/server.js'
import type {Dice} from './dice.js'
import {type Fact, plantFacts} from './forgetting-facts.js'
import {makeForgetfulFleet, SMALL_WINDOW} from './forgetting-fleet.js'
import {isAddition} from './forgetting-helpers.js'
import {lostOf} from './forgetting-judge.js'
import {noise} from './forgetting-noise.js'
import {type ModelFleet, startMcos} from './model-fleet.js'
import {troublesAfter} from './storms-fleet.js'

/** Where a kill falls: at the n-th request, or so long after what the model adds to a cut has been asked for. */
export interface KillMoment {
  readonly at: 'request' | 'flush'
  readonly request: number
  readonly delayMs: number
}

export interface Killed {
  readonly wasKilled: boolean
  /** Facts that the dead process surely had heard. */
  readonly heard: number
  readonly wrong: readonly string[]
}

const FACTS = 24
const ASKED = 'Please go through the archive, page by page, and keep in mind what matters.'

/** A piece of work that is killed, and the next one, which has to know all that the dead had heard. */
export async function killOnce(moment: KillMoment, chance: Dice): Promise<Killed> {
  const round = new Round(moment, chance)
  const server = await startModelServer({script: (request) => round.answer(request)})
  const fleet = makeForgetfulFleet(server.url, chance, SMALL_WINDOW)
  round.fleet = fleet
  try {
    const {child, ended} = startMcos(fleet, ['run', 'donna', ASKED])
    round.kill = () => child.kill('SIGKILL')
    const end = await ended
    const wasKilled = end.signal === 'SIGKILL'
    // It may be over before the moment comes: done, or at the ceiling of a turn, which ends with 1 and says so.
    const isOver = end.code === 0 || (end.code === 1 && end.stderr.includes('are the most of a turn'))
    if (!wasKilled && !isOver)
      return {wasKilled, heard: 0, wrong: [`it ended with ${end.code}: ${end.stderr}`.slice(0, 300)]}
    const wrong = wasKilled ? await goOn(fleet, round) : []
    return {wasKilled, heard: round.heard.length, wrong}
  } finally {
    await server.close()
    fleet.remove()
  }
}

async function goOn(fleet: ModelFleet, round: Round): Promise<string[]> {
  round.isOver = true
  const next = await startMcos(fleet, ['run', 'donna', 'Go on.']).ended
  const [first] = round.after
  const [what] = first ? [readableText(first)] : ['']
  return [
    ...(next.code === 0 ? [] : [`the next run ended with ${next.code}: ${next.stderr || next.stdout}`.slice(0, 300)]),
    ...lostOf(round.heard, what).map(({text, kind, voice}) => `lost (${kind}, ${voice}): ${text}`),
    ...(await troublesAfter(fleet)),
  ]
}

class Round {
  fleet: ModelFleet | undefined
  kill: () => void = () => undefined
  isOver = false
  /** Said in answers that the process has surely taken in: it has sent another request since. */
  readonly heard: Fact[] = []
  readonly after: RecordedRequest[] = []
  private readonly queue: Fact[]
  private saying: readonly Fact[] = []
  private requests = 0

  constructor(
    private readonly moment: KillMoment,
    private readonly chance: Dice,
  ) {
    this.queue = plantFacts(chance, {holding: FACTS, voices: ['agent', 'call']}).filter(
      ({voice, replaces}) => voice !== 'person' && replaces === undefined,
    )
  }

  async answer(request: RecordedRequest): Promise<Behaviour> {
    if (this.isOver) {
      this.after.push(request)
      return says('Everything is done.')
    }
    this.heard.push(...this.saying)
    this.saying = []
    const {at, request: number, delayMs} = this.moment
    if (!isAddition(request)) this.requests++
    const isTime = at === 'flush' ? isAddition(request) : this.requests === number
    if (isTime) {
      // The answer goes out at once; the process dies while it deals with it, or before it has come.
      setTimeout(this.kill, delayMs)
      if (delayMs === 0) await sleep(50)
    }
    if (isAddition(request)) return says('+ fact: the archive has a dozen pages')
    return this.step()
  }

  private step(): Behaviour {
    const facts = this.queue.splice(0, 2)
    this.saying = facts
    const words = [
      noise(this.chance).narration(),
      ...facts.filter(({voice}) => voice === 'agent').map(({text}) => text),
    ]
    const page = `workspaces/donna/archive/${this.requests % 12}.md`
    const calls = facts.flatMap(({voice, kind, text}) => {
      if (voice !== 'call') return []
      return kind === 'file'
        ? {tool: 'write', input: {path: text, content: 'A letter.\n'}}
        : {tool: 'log', input: {text}}
    })
    return asksFor([...calls, {tool: 'read', input: {path: page, from: 1 + this.requests}}], {text: words.join(' ')})
  }
}

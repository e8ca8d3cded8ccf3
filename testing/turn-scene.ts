import {readInbox} from '../src/bus/inbox.js'
import type {Engine, Question} from '../src/engines/engine.js'
import type {NewsItem} from '../src/engines/news.js'
import {lawOfContract} from '../src/guard/may.js'
import {commitPart} from '../src/heartbeat/commit-part.js'
import {newTurnId} from '../src/kit/ids.js'
import {tryLock} from '../src/kit/lock.js'
import type {TurnEvent} from '../src/turn/events.js'
import type {Occasion} from '../src/turn/occasion.js'
import {takeTurn} from '../src/turn/take-turn.js'
import {CEILINGS, type TurnInput} from '../src/turn/turn-input.js'
import type {TurnPlan} from '../src/turn/turn-plan.js'
import {findAgent} from '../src/workspace/agents.js'
import {DEFAULT_CONTRACT} from '../src/workspace/contract.js'
import type {Contract} from '../src/workspace/soul.js'
import type {Scene} from './heartbeat-scene.js'

export interface TurnOptions extends Partial<Omit<TurnInput, 'occasion'>> {
  readonly engines: readonly Engine[]
  readonly occasion?: Partial<Occasion>
  readonly may?: Partial<Contract>
}

/** One turn of donna's in a scene, as a heartbeat takes it, with what was told while it ran. */
export async function turnIn(scene: Scene, options: TurnOptions): Promise<{plan: TurnPlan; events: TurnEvent[]}> {
  const fleet = await scene.open()
  const agent = findAgent(fleet.home, 'donna')
  const inbox = readInbox(fleet.home, agent, {now: scene.clock.now(), boxes: ['new']})
  const news = [...inbox.messages, ...inbox.forged].map(
    ({id, message, verified}): NewsItem => ({
      kind: 'message',
      check: 'every-heartbeat',
      message: {...message, id, trusted: verified, expired: false, why: null},
    }),
  )
  const held = tryLock(fleet.mcos, agent.name, {clock: fleet.clock})
  if (!('lock' in held)) throw new Error('the agent is busy')
  const events: TurnEvent[] = []
  const contract = {...DEFAULT_CONTRACT(agent), ...options.may}
  const {occasion, may, ...rest} = options
  try {
    const plan = await takeTurn({
      fleet,
      agent,
      contract,
      law: lawOfContract(contract, agent),
      soul: {reportsTo: 'jarvis', budget: null, keys: {}},
      turn: newTurnId(fleet.clock),
      trigger: 'heartbeat',
      occasion: {news, questions: [], heartbeat: null, request: null, with: null, ...occasion},
      inbox,
      signal: new AbortController().signal,
      ceilings: CEILINGS,
      againInMs: null,
      steps: [],
      listen: (event) => events.push(event),
      commitPart: (part) => commitPart(part, {fleet, agent, trigger: 'heartbeat', lock: held.lock}),
      sleep: async (ms) => scene.clock.advance(ms),
      ...rest,
    })
    return {plan, events}
  } finally {
    held.lock.release()
  }
}

export function question(title: string, prose: string): Question {
  return {check: title.toLowerCase().replaceAll(' ', '-'), title, prose}
}

import {readInbox} from '../bus/inbox.js'
import {rulesEngine} from '../engines/rules.js'
import {readAgentView} from '../heartbeat/agent-view.js'
import {readCommittedLaw} from '../heartbeat/committed-law.js'
import {type FixedClock, fixedClock} from '../kit/clock.js'
import {EXIT, UserError} from '../kit/errors.js'
import {openHands} from '../turn/open-hands.js'
import {ownValuesOf} from '../turn/own-secrets.js'
import {type Redactor, redactor} from '../turn/redact.js'
import {takeTurn} from '../turn/take-turn.js'
import {readTranscript} from '../turn/transcript.js'
import {eventsOf, type RecordedEvent, type RecordedStart} from '../turn/transcript-events.js'
import type {TurnInput} from '../turn/turn-input.js'
import type {TurnPlan} from '../turn/turn-plan.js'
import {findAgent} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {type Checkout, openCheckout} from './replay/checkout.js'
import type {Difference} from './replay/compare.js'
import {comparePlan} from './replay/compare-plan.js'
import {Recording} from './replay/record.js'
import {withConversation} from './run/with-conversation.js'
import {openTranscriptOf} from './transcript.js'

/** What running a turn again on its recorded replies came to; the keys are a promise to programs. */
export interface ReplayReport {
  readonly turn: string
  readonly agent: string
  /** The commit that it started from. */
  readonly commit: string
  readonly requests: number
  readonly same: boolean
  readonly differences: readonly Difference[]
}

/** Takes a recorded turn again, in a copy, at its own time, on its own replies; nothing is committed or sent. */
export async function replay(original: Fleet, typed: string): Promise<ReplayReport> {
  const {page, start} = openTranscriptOf(original, typed)
  const {commit, given} = start
  if (start.continues !== undefined) throw notFirst(page.turn, start.continues)
  if (commit === null || given === undefined) throw notReplayable(page.turn)
  const events = wholeStory(original, page.turn)
  const clock = fixedClock(events[0]?.at ?? 0)
  const secrets = redactor({secrets: ownValuesOf(original, null)})
  const recording = new Recording(events, {clock, redactor: secrets})
  const checkout = await openCheckout(original, commit, {clock, agent: page.agent})
  try {
    const around = {checkout, recording, clock, original, events, redactor: secrets}
    const input = await inputOf(start, given, around)
    const plan = await takeTurn(input)
    const differences = [
      ...recording.finish(),
      ...comparePlan(original, checkout.fleet, asLogged(plan, around, given)),
      ...compareEnd(events, plan),
    ]
    const {requests} = recording
    return {turn: page.turn, agent: page.agent, commit, requests, same: differences.length === 0, differences}
  } finally {
    checkout.close()
  }
}

interface Around {
  readonly checkout: Checkout
  readonly recording: Recording
  readonly clock: FixedClock
  readonly original: Fleet
  readonly events: readonly RecordedEvent[]
  readonly redactor: Redactor
}

/** What a person asked and was answered is told in the log in its own way, in the turn that began with it. */
function asLogged(
  plan: TurnPlan,
  {events, redactor}: Pick<Around, 'events' | 'redactor'>,
  {occasion: {request, by, with: other}}: NonNullable<RecordedStart['given']>,
): TurnPlan {
  if (request === null) return plan
  const isFirst = events.find((event) => event.kind === 'start')?.turn === plan.turn
  return withConversation(plan, {asked: isFirst ? {by: by ?? other ?? 'person', request} : null, redactor})
}

async function inputOf(
  start: RecordedStart,
  given: NonNullable<RecordedStart['given']>,
  {checkout, recording, clock, original, events, redactor}: Around,
): Promise<TurnInput> {
  const {fleet} = checkout
  const agent = findAgent(fleet.home, start.agent)
  const view = await readAgentView(fleet, agent, readCommittedLaw(fleet, [agent]))
  const {isHeartbeat, ...occasion} = given.occasion
  const flushes = events.filter((event) => event.kind === 'flush')
  return {
    fleet,
    agent,
    contract: view.contract,
    law: await view.law(),
    soul: view.soul,
    turn: start.turn,
    trigger: start.trigger,
    occasion: {...occasion, heartbeat: isHeartbeat ? view.heartbeat : null},
    inbox: readInbox(fleet.home, agent, {now: clock.now(), boxes: ['new']}),
    engines: start.engines.map((name) => (name === rulesEngine.name ? rulesEngine : recording.engine(name))),
    signal: new AbortController().signal,
    ceilings: given.ceilings,
    againInMs: given.againInMs,
    steps: given.steps,
    listen: () => undefined,
    commitPart: async (plan) => {
      const flush = flushes.find(({turn}) => turn === plan.turn)
      recording.differences.push(...comparePlan(original, fleet, asLogged(plan, {events, redactor}, given)))
      if (!flush) {
        recording.differences.push({what: `turn ${plan.turn}`, detail: 'was not cut, and is now: its context is full'})
        throw new CutShort()
      }
      // The next context begins on what was really committed, so that one difference doesn't bring others with it.
      if (flush.commit !== null) checkout.moveTo(flush.commit)
      return {commit: flush.commit, next: flush.next}
    },
    sleep: async (ms) => clock.advance(ms),
    openHands: async (input) => {
      const hands = await openHands(input)
      return {...hands, tools: recording.hands(hands.tools)}
    },
  }
}

/** The record has nothing to go on with. */
class CutShort extends UserError {
  constructor() {
    super('The turn is cut now where it was not then; the rest can’t be replayed.', {
      code: 'REPLAY_CUT',
      fix: 'Compare context.flush_at in mcos.yaml with what it was then.',
      exit: EXIT.failed,
    })
  }
}

/** A turn whose context was full went on in another, and that in another; together they are one piece of work. */
function wholeStory({mcos}: Fleet, turn: string): RecordedEvent[] {
  const events = eventsOf(readTranscript(mcos, turn) ?? {lines: []})
  const flush = events.find((event) => event.kind === 'flush')
  return flush ? [...events, ...wholeStory({mcos} as Fleet, flush.next)] : events
}

function compareEnd(events: readonly RecordedEvent[], {end}: TurnPlan): Difference[] {
  const recorded = events.findLast((event) => event.kind === 'end')?.why ?? 'interrupted'
  return recorded === end ? [] : [{what: 'end', detail: `was ${recorded}, is ${end}`}]
}

function notFirst(turn: string, first: string): UserError {
  return new UserError(`${turn} goes on from ${first}, whose context was full; they are replayed together.`, {
    code: 'REPLAY_FIRST',
    fix: `mcos replay ${first}`,
    exit: EXIT.usage,
  })
}

function notReplayable(turn: string): UserError {
  return new UserError(`The transcript of ${turn} doesn’t say what the turn began with.`, {
    code: 'REPLAY_UNSUPPORTED',
    fix: `mcos show ${turn} --transcript`,
    exit: EXIT.failed,
  })
}

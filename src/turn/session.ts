import {repositoryState} from '../history/repository-state.js'
import type {TurnListener} from './events.js'
import type {Hands} from './hands.js'
import {Measure} from './measure.js'
import {openHands} from './open-hands.js'
import {ownValuesOf} from './own-secrets.js'
import {type Redactor, redactor} from './redact.js'
import {toldAt} from './told-at.js'
import {givenOf, openTranscript} from './transcript.js'
import {factsAtStart} from './turn-facts.js'
import type {TurnInput} from './turn-input.js'
import {markUnderway} from './underway.js'
import {beginWork, type Effort, newEffort, type Work} from './work.js'

/** One piece of work with models: a batch of judgement, a person's request, a line of a conversation. */
export interface Session {
  readonly input: TurnInput
  readonly hands: Hands
  /** Nothing that is written down goes past it. */
  readonly redactor: Redactor
  readonly measure: Measure
  readonly effort: Effort
  /** The context that is going on; a flush ends one and begins the next. */
  work: Work
}

/** Whatever happens is written down as it happens: a turn that is killed is found again in its transcript. */
export async function openSession(wanted: TurnInput): Promise<Session> {
  const redact = growingRedactor(() => ownValuesOf(wanted.fleet, wanted.soul))
  const input = {...wanted, listen: recording(wanted, redact)}
  return {
    input,
    redactor: redact,
    hands: await (input.openHands ?? openHands)(input),
    measure: new Measure(),
    effort: newEffort(input.fleet.clock.now(), factsAtStart(input)),
    work: beginWork(input, input.turn, true),
  }
}

/** From here on a model may hear and be told things, so that a kill must not make them unheard. */
export function begin({input, work}: Session): void {
  const {agent, occasion, trigger, fleet} = input
  markUnderway(fleet.mcos, {agent: agent.name, with: occasion.with, turn: work.turn})
  input.listen({kind: 'start', turn: work.turn, agent: agent.name, trigger, with: occasion.with})
}

/** A secret that is first looked up in the middle of a turn, as a server's is, is taken out from then on. */
function growingRedactor(read: () => readonly string[]): Redactor {
  let known = read()
  let current = redactor({secrets: known})
  const now = (): Redactor => {
    const values = read()
    if (values.length !== known.length) {
      known = values
      current = redactor({secrets: known})
    }
    return current
  }
  return {text: (text) => now().text(text), value: (value) => now().value(value)}
}

function recording(input: TurnInput, redact: Redactor): TurnListener {
  const {fleet, engines, listen} = input
  const facts = {
    clock: fleet.clock,
    engines: engines.map(({name}) => name),
    told: toldAt(input),
    given: givenOf(input),
    head: () => repositoryState(fleet.home.dir).head,
  }
  const transcript = openTranscript(fleet.mcos, facts, redact)
  return (event) => {
    transcript.write(event)
    listen(event)
  }
}

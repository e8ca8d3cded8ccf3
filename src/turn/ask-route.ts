import {readBackOff} from '../engines/back-off.js'
import type {Engine, Stopped} from '../engines/engine.js'
import {CONSEQUENCES} from '../engines/failures.js'
import {putAside, readAside} from '../engines/put-aside.js'
import {askOnce} from './ask-once.js'
import type {Asked, Asking, Judge, Tried} from './asking.js'
import type {PassReason} from './events.js'
import {whyOver} from './stopping.js'

/** The longest that a turn waits for an engine to be ready again; after that the next one is asked. */
const MOST_WAIT_MS = 20_000

/** Asks the engines of the route in their order until one answers; the table of failures says what follows from each. */
export async function askRoute(asking: Asking): Promise<Asked> {
  const {input, tally} = asking
  const judges = inOrder(input.engines.filter(isJudge), asking.first)
  let isBudget = judges.length > 0
  for (const judge of judges) {
    const tried = await tryJudge(judge, asking)
    if (tried.kind !== 'passed') return tried
    tally.passed.push(`${judge.name} gave no answer (${tried.why}): ${tried.detail}`)
    isBudget &&= tried.why === 'budget'
  }
  return {kind: 'none', why: isBudget ? 'budget' : 'engines'}
}

function isJudge(engine: Engine): engine is Judge {
  return engine.model !== null
}

function inOrder(judges: readonly Judge[], first: string | null): readonly Judge[] {
  const at = judges.findIndex(({name}) => name === first)
  return at <= 0 ? judges : [...judges.slice(at), ...judges.slice(0, at)]
}

/** In a storm the wait may begin anew each time that it is over. */
const MOST_HELD = 5

async function tryJudge(judge: Judge, asking: Asking): Promise<Exclude<Tried, {kind: 'held'}>> {
  const {mcos, clock} = asking.input.fleet
  const aside = readAside(mcos, judge.model.identity, clock.now())
  if (aside) return pass(asking, judge, {why: 'aside', detail: `${aside.detail} (${aside.reason})`})
  let isRebuilt = false
  let timesHeld = 0
  for (let attempt = 1; ; attempt++) {
    const held = await holdBack(judge, asking)
    if (held) return held
    const prompt = await asking.promptFor(judge)
    if (prompt === null) {
      return pass(asking, judge, {why: 'too-small', detail: 'what has to be sent does not fit its window'})
    }
    const tried = await askOnce(judge, prompt, asking)
    if (tried.kind === 'held') {
      if (++timesHeld > MOST_HELD) return pass(asking, judge, {why: 'backing-off', detail: 'others were told to wait'})
      attempt--
      continue
    }
    if (tried.kind !== 'failed') return tried
    const {stopped} = tried
    const {tries, putsAside, then} = CONSEQUENCES[stopped.reason]
    if (then === 'end') return {kind: 'none', why: whyOver(asking.input)?.end ?? 'interrupted'}
    if (putsAside) noteAside(judge, stopped, asking)
    if (then === 'rebuild-once' && !isRebuilt && (await asking.rebuild(judge))) {
      isRebuilt = true
      continue
    }
    if (then === 'fail' || then === 'rebuild-once') return tried
    if (attempt >= tries) return {kind: 'passed', why: stopped.reason, detail: stopped.detail}
  }
}

/** Why this engine isn't asked now: the turn is to end, or the wait is too long; a short wait is waited. */
async function holdBack(judge: Judge, asking: Asking): Promise<Exclude<Tried, {kind: 'held'}> | null> {
  const {input} = asking
  const {mcos, clock} = input.fleet
  for (let waited = 0; ; ) {
    const over = whyOver(input)
    if (over) return {kind: 'none', why: over.end}
    const backOff = readBackOff(mcos, judge.name, clock.now())
    if (!backOff) return null
    const ms = Math.max(backOff.until - clock.now(), 1)
    if (waited + ms > MOST_WAIT_MS) {
      const until = new Date(backOff.until).toISOString()
      return pass(asking, judge, {why: 'backing-off', detail: `not asked before ${until}: ${backOff.why}`})
    }
    input.listen({kind: 'wait', engine: judge.name, ms, why: backOff.why})
    await input.sleep(ms)
    waited += ms
  }
}

/** Said once, as a page: whoever put it aside first tells of it. */
function noteAside(judge: Judge, {reason, detail}: Stopped, {input, tally}: Asking): void {
  const {mcos, clock, home} = input.fleet
  const {isNew} = putAside(mcos, {
    engine: judge.name,
    identity: judge.model.identity,
    reason,
    detail,
    now: clock.now(),
    zone: home.config.timezone,
    until: CONSEQUENCES[reason].putsAside ?? 'until-changed',
  })
  if (isNew) tally.putAside.push({engine: judge.name, identity: judge.model.identity, reason, detail})
}

function pass(
  {input}: Asking,
  judge: Judge,
  {why, detail}: {why: PassReason; detail: string},
): Extract<Tried, {kind: 'passed'}> {
  input.listen({kind: 'no-reply', engine: judge.name, reason: why, detail, usage: null})
  return {kind: 'passed', why, detail}
}

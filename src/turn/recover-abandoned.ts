import {gather, placeWorkstate} from './keep-workstate.js'
import {planOf} from './plan-of.js'
import type {Session} from './session.js'
import {clearUnderway, findAbandoned, heardIn} from './underway.js'
import {beginWork} from './work.js'

/** What a killed turn had heard goes into WORKSTATE.md before anything else, as a commit of its own. */
export async function recoverAbandoned(session: Session): Promise<void> {
  const {input, work} = session
  const {mcos} = input.fleet
  const turns = findAbandoned(mcos, input.agent.name, input.occasion.with)
  const heard = turns.flatMap((turn) => heardIn(mcos, turn))
  if (heard.length > 0) {
    placeWorkstate(session, gather(session, {engine: null, window: null, contextUsed: null}, heard))
    work.lines.push(...turns.map((turn) => `recovered what was heard in ${turn}, which was cut off`))
    const {next} = await input.commitPart(planOf(session, {end: 'recovered'}))
    session.work = beginWork(input, next, true)
  }
  for (const turn of turns) clearUnderway(mcos, turn)
}

import type {AgentView} from '../../heartbeat/agent-view.js'
import {pageEngines} from '../../heartbeat/engines-page.js'
import type {TurnPlan} from '../../turn/turn-plan.js'
import {aroundSeat} from './around-seat.js'
import type {Seat} from './seat.js'

/** An engine that is put aside is said once, as a page: the person at this terminal need not be the one who pays for it. */
export async function pageAside(plan: TurnPlan, seat: Seat, view: AgentView): Promise<void> {
  // That no engine is left at all is said to whoever asked; the page for it is for beats that nobody watches.
  await pageEngines({...plan, end: 'done'}, {around: aroundSeat(seat), view})
}

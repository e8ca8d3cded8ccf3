import {NO_USAGE} from '../../engines/engine.js'
import {NO_FACTS} from '../../guard/action.js'
import {newTurnId} from '../../kit/ids.js'
import type {TurnPlan} from '../../turn/turn-plan.js'
import {reportRun} from './report.js'
import type {Seat, Task} from './seat.js'
import type {TurnDone} from './turn-done.js'

/** Called off while it waited for its turn: nothing was asked, and nothing is on record. */
export function notBegun({fleet, agent}: Seat, {steps, with: other, facts: heard = NO_FACTS}: Task): TurnDone {
  const turn = newTurnId(fleet.clock)
  const plan: TurnPlan = {
    turn,
    changes: [],
    lines: [],
    engine: 'rules',
    usage: NO_USAGE,
    answered: [],
    messages: [],
    end: 'interrupted',
    text: '',
    notes: [],
    passed: [],
    putAside: [],
    failure: null,
    steps,
    facts: heard,
  }
  const facts = {detail: null, parts: [], refused: [], next: null, trouble: null}
  return {
    report: reportRun({agent: agent.name, with: other, plan, ...facts}),
    steps,
    facts: heard,
    changed: [],
    isGoalDone: false,
  }
}

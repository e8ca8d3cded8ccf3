import {contentHash} from '../../kit/hash.js'
import {workstateText} from '../../memory/workstate/check.js'
import {gatherWorkstate} from '../../memory/workstate/gather.js'
import {workstatePath} from '../../memory/workstate/path.js'
import {WORKSTATE_TOKENS} from '../../turn/keep-workstate.js'
import type {Redactor} from '../../turn/redact.js'
import type {TurnPlan} from '../../turn/turn-plan.js'
import {readWork} from './next.js'
import type {Seat, Task} from './seat.js'

/** Interrupted before the first answer, a turn has nothing to write down but what the person said: that is kept. */
export function keepRequest(
  plan: TurnPlan,
  {seat, task, redactor}: {readonly seat: Seat; readonly task: Task; readonly redactor: Redactor},
): TurnPlan {
  if (plan.end !== 'interrupted' || plan.changes.length > 0) return plan
  const {fleet, agent} = seat
  const path = workstatePath(agent, task.with)
  const text = fleet.home.files.readText(path)
  const before = readWork(fleet, agent, task.with)
  // A file that a person has broken is theirs to mend: it isn't written over for one sentence.
  if (before === null && (text ?? '').trim() !== '') return plan
  const at = new Date(fleet.clock.now()).toISOString()
  const heard = {kind: 'person' as const, name: task.by, text: redactor.text(task.request), at}
  const known = {
    turn: plan.turn,
    at,
    engine: null,
    window: null,
    contextUsed: null,
    files: [],
    messages: [],
    waiting: [],
  }
  const {state, superseded} = gatherWorkstate(before, [heard], known, {tokens: WORKSTATE_TOKENS})
  const expect = text === null ? null : contentHash(text)
  return {
    ...plan,
    changes: [{kind: 'write', path, content: workstateText(state), expect}],
    lines: [
      ...plan.lines,
      ...superseded.map((line) => `no longer holds: ${line}`),
      'interrupted before it was answered',
    ],
  }
}

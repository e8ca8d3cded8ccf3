import type {Escalation, EscalationItem} from './escalation.js'
import {gatheredText, type TextPlace, textOf} from './escalation-text.js'
import {findChanges} from './find-changes.js'
import {escalationKey} from './key.js'
import {shareOut} from './rate.js'
import type {Target} from './targets.js'
import type {ChangeInput, ThreadChange} from './thread-change.js'

export interface EscalationInput extends ChangeInput, TextPlace {
  /** In quiet hours only what is of urgency 3 goes; the rest is told when they are over. */
  readonly isQuiet: boolean
}

/**
 * Who is to be told of what: each thread once, over all accounts that share it, and again only when its state changes.
 * Pure: the same input is the same messages with the same keys.
 */
export function planEscalations(input: EscalationInput): Escalation[] {
  const changes = findChanges(input).filter((change) => !input.isQuiet || isLoud(change))
  const {single, gathered} = shareOut(changes, input)
  return [
    ...single.map((change) => escalationOf(change.target, [change], {input, text: textOf(change, input)})),
    ...[...gathered.values()].flatMap((some) => {
      const [first] = some
      return first ? [escalationOf(first.target, some, {input, text: gatheredText(some, input)})] : []
    }),
  ]
}

function isLoud({state, urgency}: ThreadChange): boolean {
  return state === 'urgent' && urgency === 3
}

function escalationOf(
  {to, kind}: Target,
  changes: readonly ThreadChange[],
  {input, text}: {readonly input: EscalationInput; readonly text: {readonly subject: string; readonly body: string}},
): Escalation {
  const urgency = Math.max(...changes.map((change) => change.urgency)) as EscalationItem['urgency']
  const facts = changes.map(({thread, state, before}) => [thread, state, before])
  return {
    to,
    kind,
    key: escalationKey(['escalated', to, ...facts]),
    ...text,
    at: new Date(input.now).toISOString(),
    urgency,
    items: changes.map(({thread, ids, urgency: own, state}) => ({thread, ids, urgency: own, state})),
  }
}

import type {AnsweredApproval} from '../app/approvals/answer.js'
import type {ApprovalList, ApprovalRow, ShownApproval} from '../app/approvals/list.js'
import {argumentLines} from '../guard/approvals/argument-lines.js'
import {clean, cleanLine, shorten} from '../kit/text.js'
import {formatTable} from './table.js'

const HEAD = ['id', 'agent', 'what', 'status', 'asked', 'until']

/** A table of approvals, and below it what can't be read as one. */
export function presentApprovals({approvals, unreadable}: ApprovalList): string {
  const table = approvals.length === 0 ? 'No approval waits.' : formatTable(HEAD, approvals.map(rowOf))
  const broken = unreadable.map(({id, trouble}) => cleanLine(`unreadable: approvals/${id}: ${trouble}`))
  const hint = approvals.some(({status}) => status === 'waiting')
    ? ['', 'mcos approve show ID, then: mcos approve yes ID']
    : []
  return [table, ...broken, ...hint].join('\n')
}

/** Everything a person decides by: the verb, the target and the whole of the arguments before any word of the agent's. */
export function presentApproval(shown: ShownApproval): string {
  const {status, reason, by, via, answer, answered_at: answeredAt, why} = shown
  const state = stateWords({status, reason})
  const answered =
    answer === null ? null : `${answer} by ${by} over ${via} at ${answeredAt}${why === null ? '' : `: ${why}`}`
  const facts: readonly (readonly [string, string | null])[] = [
    ['approval', shown.id],
    ['agent', `${shown.agent}, in turn ${shown.turn}`],
    ['verb', shown.verb],
    ['target', shown.target],
    ['expires', shown.expires],
    ['status', state],
    ['answer', answered],
    ['hash', shown.hash],
    ['contract', shown.contract],
  ]
  const head = facts.flatMap(([name, value]) => (value === null ? [] : [`${name.padEnd(10)}${cleanLine(value)}`]))
  const hidden = countHidden(shown)
  return [
    ...head,
    'arguments',
    ...argumentLines(shown.args, '  '),
    ...(hidden === 0
      ? []
      : [
          '',
          `NOTE: ${hidden} characters that nobody can see were left out above. They are part of what would be done.`,
        ]),
    '',
    clean(shown.words),
  ].join('\n')
}

/** What becomes of an answer, and the command that has it done now. */
export function presentAnswered({id, agent, verb, target, next, commit}: AnsweredApproval): string {
  const what = shorten(cleanLine(`${verb} ${target}`), 120)
  const record = commit === null ? '' : ` (${commit.slice(0, 10)})`
  if (next === null) return `No to ${agent}: ${what}${record}. It will be told so; approval ${id}.`
  return `Yes to ${agent}: ${what}${record}.\nIt is done once, ${next.when}; to have it done now: ${next.command}`
}

function rowOf({id, agent, verb, target, status, reason, at, expires}: ApprovalRow): string[] {
  const state = status === 'expired' ? status : stateWords({status, reason})
  return [id, agent, shorten(cleanLine(`${verb} ${target}`), 60), state, at.slice(0, 16), expires.slice(0, 16)]
}

/** A reason often begins with what it is the reason of. */
function stateWords({status, reason}: Pick<ApprovalRow, 'status' | 'reason'>): string {
  return reason === null || reason.startsWith(`${status} `) ? (reason ?? status) : `${status}: ${reason}`
}

function countHidden({verb, target, args}: ShownApproval): number {
  const texts = [verb, target, ...textsIn(args)]
  return texts.reduce((sum, text) => sum + [...text].length - [...clean(text)].length, 0)
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)])
}

import {mayApprove} from '../../guard/approvals/domains.js'
import {answerPath} from '../../guard/approvals/read-approvals.js'
import {isWayTo, signedBytes, TERMINAL} from '../../guard/approvals/sign-answer.js'
import {makeChannelKey} from '../../guard/people/channel-key.js'
import type {OpenPerson} from '../../guard/people/open-person.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {clean, cleanLine, shorten} from '../../kit/text.js'
import {type ApprovalAnswer, formatAnswer} from '../../workspace/approval-file.js'
import type {Fleet} from '../../workspace/fleet.js'
import {record} from '../record.js'
import {refuseSecrets} from '../refuse-secrets.js'
import {findApproval, type Judged} from './find.js'

/** A person's yes or no, and how it came. */
export interface GivenAnswer {
  /** Of the approval, or the beginning of it. */
  readonly id: string
  readonly answer: 'yes' | 'no'
  /** The person's name in mcos.yaml. */
  readonly by: string
  /** `terminal`, or the way as `people:` has it, such as `telegram:777`: whoever hands it in has checked that it was that one. */
  readonly via: string
  readonly why?: string | null
  /** Of what the person was shown; where the request says something else by now, nothing is answered. */
  readonly hash?: string
  /** Needed at a terminal: the person, opened by their passphrase. */
  readonly person?: OpenPerson
}

/** What became of an answer; the keys are a promise to programs. */
export interface AnsweredApproval {
  readonly id: string
  readonly agent: string
  readonly verb: string
  readonly target: string
  readonly answer: 'yes' | 'no'
  readonly by: string
  readonly via: string
  readonly at: string
  readonly commit: string | null
  /** When it is done, and the command that has it done now; null after a no. */
  readonly next: {readonly when: string; readonly command: string} | null
}

/** Signs and commits an answer as the person. Whoever may not answer, or answers something that waits no more, is refused. */
export async function answerApproval(fleet: Fleet, given: GivenAnswer): Promise<AnsweredApproval> {
  const {approval} = await insistOnAnswerable(fleet, given)
  const {id, request, text} = approval
  const at = new Date(fleet.clock.now()).toISOString()
  const {answer, by, via} = given
  const why = given.why ? shorten(clean(given.why), 2_000) : null
  refuseSecrets(fleet, [{name: 'the reason', text: why ?? ''}])
  const fields: Omit<ApprovalAnswer, 'sig'> = {by, via, at, answer, hash: request.hash, why}
  const bytes = signedBytes(fields, {id, text})
  const sig = via === TERMINAL ? openedFor(given).sign(bytes) : makeChannelKey(fleet.mcos).sign(bytes)
  const {agent, verb, target} = request
  const {commit} = record(fleet, {
    subject: shorten(cleanLine(`${by} says ${answer} to ${agent}: ${verb} ${target}`), 100),
    changes: [{kind: 'write', path: answerPath(id), content: formatAnswer({...fields, sig}), expect: null}],
    agent,
    by,
    trailers: [['Mcos-Approval', id]],
  })
  return {id, agent, verb, target, answer, by, via, at, commit, next: answer === 'yes' ? nextFor(agent) : null}
}

/** The approval, when it waits and this person may answer it; else it is refused with the reason. */
export async function insistOnAnswerable(fleet: Fleet, given: GivenAnswer): Promise<Judged> {
  const found = await findApproval(fleet, given.id)
  insistOnWaiting(found, given.hash)
  insistOnRight(fleet, given, found.approval.request.verb)
  return found
}

function nextFor(agent: string): NonNullable<AnsweredApproval['next']> {
  return {when: `at the next heartbeat or run of ${agent}`, command: `mcos heartbeat ${agent}`}
}

function insistOnWaiting({approval: {id, request}, state}: Judged, hash: string | undefined): void {
  if (hash !== undefined && hash !== request.hash) throw notWaiting(id, 'it says something else than what was shown')
  if (state.status === 'waiting') return
  throw notWaiting(id, state.reason ?? `it is ${state.status} already`)
}

function insistOnRight({home}: Fleet, {by, via}: GivenAnswer, verb: string): void {
  const {people} = home.config
  if (!mayApprove(people, by, verb)) {
    throw new UserError(`${by} may not approve ${verb}: mcos.yaml does not say so under people:.`, {
      code: 'NOT_APPROVER',
      fix: `Ask somebody who may, or add to mcos.yaml: people: { ${by}: { approves: [${verb.split('.')[0]}] } } and: mcos commit mcos.yaml`,
      exit: EXIT.refused,
    })
  }
  if (via === TERMINAL || isWayTo(people, by, via)) return
  throw new UserError(`${via} is no registered way to ${by}.`, {
    code: 'NOT_REGISTERED',
    fix: `Name it in mcos.yaml: people: { ${by}: { via: [${JSON.stringify(via)}] } }`,
    exit: EXIT.refused,
  })
}

function openedFor({by, person}: GivenAnswer): OpenPerson {
  if (person?.name === by) return person
  throw new UserError(`At a terminal an answer of ${by} needs the passphrase of ${by}.`, {
    code: 'NEEDS_PASSPHRASE',
    fix: `mcos people setup ${by}`,
    exit: EXIT.refused,
  })
}

function notWaiting(id: string, reason: string): UserError {
  return new UserError(`Approval ${id} can't be answered: ${reason}.`, {
    code: 'NOT_WAITING',
    fix: `mcos approve show ${id}`,
    exit: EXIT.refused,
  })
}

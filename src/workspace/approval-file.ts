import {z} from 'zod'
import {contentHash} from '../kit/hash.js'
import type {UnknownKey} from './config.js'
import {formatRecord, hash, parseRecord, time, ulid} from './record-file.js'
import {agentName, field, oneOf, text} from './schema.js'

/** approvals/<id>/request.md: what an agent's turn wants to do, and, in words, what, why and what then. */
export interface ApprovalRequest {
  readonly id: string
  /** ISO time. */
  readonly at: string
  readonly agent: string
  readonly turn: string
  readonly verb: string
  readonly target: string
  readonly args: Readonly<Record<string, unknown>>
  /** Covers verb, target, arguments and contract version. */
  readonly hash: string
  /** The contract's version: its hash. */
  readonly contract: string
  readonly expires: string
  readonly body: string
  readonly unknown: readonly UnknownKey[]
}

/** approvals/<id>/answer.md: the person's. */
export interface ApprovalAnswer {
  readonly by: string
  /** The channel it came through. */
  readonly via: string
  readonly at: string
  readonly answer: 'yes' | 'no'
  /** Of what the person saw. */
  readonly hash: string
  readonly why: string | null
  /** Made with the person's passphrase, or by the machine for what came over a channel; null: the answer proves nothing. */
  readonly sig: string | null
}

/** approvals/<id>/used.md: written before the effect. */
export interface ApprovalUse {
  readonly at: string
  readonly turn: string
  /** The idempotency key the effect carries. */
  readonly key: string
}

export interface ApprovalFiles {
  readonly request: ApprovalRequest
  readonly answer: ApprovalAnswer | null
  readonly use: ApprovalUse | null
}

export interface ApprovalState {
  readonly status: 'waiting' | 'approved' | 'refused' | 'expired' | 'used' | 'void'
  readonly reason: string | null
}

const turnId = field('the id of a turn', (value) =>
  typeof value === 'string' && /^t_[0-9A-HJKMNP-TV-Z]{26}$/.test(value) ? value : undefined,
)
const requestSchema = z.strictObject({
  id: ulid,
  at: time,
  agent: agentName,
  turn: turnId,
  verb: text,
  target: text,
  args: z.record(z.string(), z.unknown(), {error: 'a map of arguments'}),
  hash,
  contract: hash,
  expires: time,
})
const answerSchema = z.strictObject({
  by: agentName,
  via: text,
  at: time,
  answer: oneOf(['yes', 'no']),
  hash,
  why: text.optional(),
  sig: field('a signature in base64', (value) =>
    typeof value === 'string' && /^[A-Za-z0-9+/]{86}==$/.test(value) ? value : undefined,
  ).optional(),
})
const useSchema = z.strictObject({at: time, turn: turnId, key: text})

/** What a yes is a yes to; key order in the arguments doesn't matter, everything else does. */
export function approvalHash({
  verb,
  target,
  args,
  contract,
}: Pick<ApprovalRequest, 'verb' | 'target' | 'args' | 'contract'>): string {
  return contentHash(JSON.stringify(sortKeys([verb, target, args, contract])))
}

export function formatRequest(request: ApprovalRequest): string {
  const {body, unknown: _, ...fields} = request
  return formatRecord({...fields}, body)
}

export function parseRequest(source: string, file: string): ApprovalRequest {
  const {value, body, unknown} = parseRecord(requestSchema, source, {file, hasBody: true})
  return {...value, body, unknown}
}

export function formatAnswer(answer: ApprovalAnswer): string {
  return formatRecord({...answer}, null)
}

export function parseAnswer(source: string, file: string): ApprovalAnswer {
  const {why = null, sig = null, ...answer} = parseRecord(answerSchema, source, {file}).value
  return {...answer, why, sig}
}

export function formatUse(use: ApprovalUse): string {
  return formatRecord({...use}, null)
}

export function parseUse(source: string, file: string): ApprovalUse {
  return parseRecord(useSchema, source, {file}).value
}

/** What an approval is judged by. */
export interface ApprovalJudges {
  readonly now: number
  /** The version of the contract that the agent has now. */
  readonly contract: string
  mayApprove(person: string, verb: string): boolean
  /** Why an answer is nobody's proved word; null: it is. */
  whyNotSigned(answer: ApprovalAnswer): string | null
}

/** Whether the effect may happen now; in any doubt it may not, and the reason says which doubt. */
export function judgeApproval(
  {request, answer, use}: ApprovalFiles,
  {now, contract, mayApprove, whyNotSigned}: ApprovalJudges,
): ApprovalState {
  if (use) return {status: 'used', reason: `used at ${use.at}`}
  if (request.hash !== approvalHash(request))
    return {status: 'void', reason: 'the request was changed after it was made'}
  if (answer && answer.hash !== request.hash) return {status: 'void', reason: 'the answer is to another request'}
  const unsigned = answer && whyNotSigned(answer)
  if (unsigned) return {status: 'void', reason: unsigned}
  if (answer && !mayApprove(answer.by, request.verb))
    return {status: 'void', reason: `${answer.by} may not approve ${request.verb}`}
  if (answer?.answer === 'no') return {status: 'refused', reason: `${answer.by} said no`}
  const expires = Date.parse(request.expires)
  if (now >= expires || (answer && Date.parse(answer.at) >= expires))
    return {status: 'expired', reason: `expired at ${request.expires}`}
  if (request.contract !== contract) return {status: 'void', reason: 'the contract has changed since'}
  return answer ? {status: 'approved', reason: null} : {status: 'waiting', reason: null}
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]))
}

import type {KeyObject} from 'node:crypto'
import {contentHash} from '../../kit/hash.js'
import type {ApprovalAnswer} from '../../workspace/approval-file.js'
import type {FleetConfig} from '../../workspace/config.js'

/** The way of an answer that was typed at a terminal, with the person's passphrase. */
export const TERMINAL = 'terminal'

/** Who can sign on this machine. */
export interface AnswerKeys {
  /** What belongs to a person's passphrase; null: none was set up here. */
  person(name: string): KeyObject | null
  /** What this machine signs answers of channels with; null: none has come yet. */
  channels(): KeyObject | null
}

/** What an answer is about. */
export interface Answered {
  readonly id: string
  /** The text of request.md: an edit of any letter of it makes the signature void. */
  readonly text: string
}

/** The bytes a signature is over. */
export function signedBytes(answer: Omit<ApprovalAnswer, 'sig'>, {id, text}: Answered): Buffer {
  const {hash, by, via, at, why} = answer
  return Buffer.from(JSON.stringify(['mcos approval 1', id, hash, answer.answer, by, via, at, why, contentHash(text)]))
}

/** Why an answer is nobody's proved word on this machine; null: it is. */
export function whyNotSigned(
  answer: ApprovalAnswer,
  {keys, people, ...about}: Answered & {readonly keys: AnswerKeys; readonly people: FleetConfig['people']},
): string | null {
  const {by, via, sig} = answer
  if (sig === null) return 'the answer bears no signature'
  const isTyped = via === TERMINAL
  if (!isTyped && !isWayTo(people, by, via)) return `${via} is no registered way to ${by}`
  const key = isTyped ? keys.person(by) : keys.channels()
  if (key === null) {
    return isTyped
      ? `this machine knows no passphrase of ${by}, so that the answer can't be checked here`
      : `this machine has taken no answer over ${via}`
  }
  const signature = Buffer.from(sig, 'base64')
  const {verify} = process.getBuiltinModule('node:crypto')
  // Base64 has several spellings of the last bits; only the one we write is taken.
  const isTrue = signature.toString('base64') === sig && verify(null, signedBytes(answer, about), key, signature)
  return isTrue
    ? null
    : `the answer is not signed by ${isTyped ? by : 'this machine'}, or something of it was changed since`
}

/** Whether mcos.yaml names this way, such as `telegram:777`, for that person. */
export function isWayTo(people: FleetConfig['people'], name: string, via: string): boolean {
  return Object.hasOwn(people, name) && (people[name]?.via.includes(via) ?? false)
}

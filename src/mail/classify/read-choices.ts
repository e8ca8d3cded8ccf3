import {isRecord} from '../../kit/is-record.js'
import {CLASSES, type Urgency} from '../verdict.js'
import {type Choice, WHYS, type Why} from './choice.js'

/** No answer about so few mails is longer. */
const LONGEST_REPLY = 100_000

/** A model's answers for `count` mails in their order; null for each that isn't exactly one answer of the closed set. */
export function readChoices(reply: string, count: number): (Choice | null)[] {
  const none = Array.from({length: count}, () => null)
  const answers = readArray(reply)
  // More answers than questions: it answers something else than what was asked.
  if (answers === null || answers.length > count) return none
  const choices = new Map<number, Choice | null>()
  for (const answer of answers) {
    const n = isRecord(answer) ? answer['n'] : null
    if (typeof n !== 'number' || !Number.isInteger(n) || n < 1 || n > count) return none
    choices.set(n, choices.has(n) ? null : readChoice(answer))
  }
  return none.map((_, index) => choices.get(index + 1) ?? null)
}

/** The reply is one JSON array, alone or as the only thing in a fence. */
function readArray(reply: string): readonly unknown[] | null {
  if (reply.length > LONGEST_REPLY) return null
  const text = reply.trim().replace(/^```(?:json)?\n([\s\S]*)\n```$/, '$1')
  if (!text.startsWith('[')) return null
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : null
  } catch {
    // What isn't JSON is no answer; the rules' verdict stands.
    return null
  }
}

const KEYS = new Set(['n', 'class', 'urgency', 'why'])

function readChoice(answer: unknown): Choice | null {
  if (!isRecord(answer) || Object.keys(answer).some((key) => !KEYS.has(key))) return null
  const kind = CLASSES.find((name) => name === answer['class'])
  const why = answer['why']
  const urgency = answer['urgency']
  if (kind === undefined || typeof why !== 'string' || !isWhy(why) || !isUrgency(urgency)) return null
  return {class: kind, urgency, why}
}

function isWhy(text: string): text is Why {
  return Object.hasOwn(WHYS, text)
}

function isUrgency(value: unknown): value is Urgency {
  return value === 0 || value === 1 || value === 2 || value === 3
}

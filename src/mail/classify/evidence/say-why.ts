import {cleanLine, shorten} from '../../../kit/text.js'
import type {Theme} from './signal.js'
import type {Evidence} from './weigh-signals.js'

const SAYS: Readonly<Record<Theme, string>> = {
  safety: 'somebody may be unsafe',
  outage: 'something is failing now',
  access: 'somebody is locked out',
  money: 'money or a service is about to be lost',
  deadline: 'a deadline with a consequence is close',
  leaving: 'a customer may be leaving',
  security: 'an account or a key may be in other hands',
  asked: 'one of your own asks for something now',
  plans: 'plans for the next hours change',
}

/** Why a mail is urgent, in one sentence: what for, and the words that say so, quoted and shortened. */
export function sayWhyUrgent(evidence: readonly Evidence[], text: string): string {
  const [first, ...others] = evidence
  if (!first) return 'Its words say that it is urgent.'
  const second = others.find(({theme, from}) => theme !== first.theme || Math.abs(from - first.from) > 12)
  const says = SAYS[first.theme]
  const quotes = [first, ...(second ? [second] : [])].map((one) => quote(text, one))
  return `${says[0]?.toUpperCase()}${says.slice(1)}: ${[...new Set(quotes)].join(' and ')}.`
}

/** The words of the mail from the beginning of the word found, so many that a person knows the place. */
function quote(text: string, {from, to}: {readonly from: number; readonly to: number}): string {
  const end = /^[^\n]{0,24}?(?=[.!?,;:\n]|$)|^[^\n]{0,24}/.exec(text.slice(to))?.[0].length ?? 0
  const words = cleanLine(text.slice(from, to + end)).replaceAll('"', "'")
  return `"${shorten(words, 60)}"`
}

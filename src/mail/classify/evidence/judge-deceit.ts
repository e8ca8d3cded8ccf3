import {type Clues, sumOf, URGENT} from './find-clues.js'
import type {Opinion} from './opinion.js'
import {SUSPICIOUS} from './weigh-suspicion.js'

/** A mail that is not what it says; null: nothing says so, or a danger to somebody weighs more. */
export function judgeDeceit(clues: Clues): Opinion | null {
  const {suspicion, sender, evidence, net} = clues
  const isSafety = sumOf(evidence.filter(({theme}) => theme === 'safety')) >= URGENT && sender.standing !== 'fails'
  const isDeceit = suspicion.weight >= SUSPICIOUS && !(isSafety && net >= URGENT)
  if (!isDeceit && !isPressing(clues)) return null
  const confidence = Math.min(0.6 + (suspicion.weight - SUSPICIOUS) * 0.12 + 0.1, 0.97)
  return {
    class: 'suspicious',
    urgency: targets(suspicion.sources) ? 1 : 0,
    confidence,
    reason: sayWhySuspicious(suspicion.sources),
    sources: suspicion.sources,
    isCertain: confidence >= 0.8,
  }
}

/** Who isn't who it says and presses for money, access or time is a fraud until proven otherwise. */
function isPressing({sender, evidence, net, line}: Clues): boolean {
  return (
    sender.standing === 'fails' &&
    evidence.length > 0 &&
    net >= line &&
    evidence.every(({theme}) => PRESSING.has(theme))
  )
}

const PRESSING: ReadonlySet<string> = new Set(['money', 'access', 'security', 'deadline', 'asked'])

/** Who goes for this house, or for its money, is told of; other deceit is only kept apart. */
function targets(sources: readonly string[]): boolean {
  return sources.some((source) => /^(?:bank-details|claims-us|look-alike|name-unlike-domain|link-brand)$/.test(source))
}

const TELLS: Readonly<Record<string, string>> = {
  'auth-fails': 'its sender is not who it says',
  'link-address': 'a link leads to a bare number',
  'link-brand': "a link wears another's name",
  'look-alike': 'its address imitates yours',
  'name-unlike-domain': 'its address imitates its own name',
  'claims-us': 'it claims to be one of you',
  'bank-details': 'it brings new bank details',
  bait: 'it offers or asks for what frauds do',
  credential: 'it wants something confirmed',
  fee: 'it wants a fee for a parcel',
  executable: 'it brings a program',
  padded: 'its text lies behind filling',
}

function sayWhySuspicious(sources: readonly string[]): string {
  const told = sources.flatMap((source) => TELLS[source] ?? []).slice(0, 3)
  return told.length === 0 ? 'It looks like deceit.' : `It looks like deceit: ${told.join(', ')}.`
}

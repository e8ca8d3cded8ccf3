import type {MailClass, Urgency, Wish} from '../../verdict.js'
import {readSender} from '../evidence/sender.js'
import type {Judged} from '../judged.js'
import type {RuleVerdict} from '../rule-verdict.js'
import type {Rule, Rulebook} from '../rulebook.js'
import {holds} from './match-rule.js'

/** How urgent a class is where a rule, or a person who corrects a mail, names only the class. */
export const URGENCY_OF: Readonly<Record<MailClass, Urgency>> = {
  urgent: 3,
  'needs-reply': 1,
  waiting: 1,
  invoice: 1,
  legal: 1,
  customer: 1,
  calendar: 1,
  notification: 0,
  newsletter: 0,
  bounce: 0,
  suspicious: 1,
  other: 0,
}

/**
 * The verdict with what the operator's rules say of this mail. The first rule that holds decides the class, the first
 * that names an urgency the urgency; who is told and what is done add up. Corrections are asked before all others.
 */
export function applyRules(verdict: RuleVerdict, mail: Judged, {rules}: Rulebook): RuleVerdict {
  const holding = inOrder(rules).filter((rule) => holds(rule, mail, verdict.class))
  if (holding.length === 0) return verdict
  // Anybody can write a friend's address: nothing becomes important by a sender that its own server calls false.
  const isForged = readSender(mail).standing === 'fails'
  const counting = isForged ? holding.filter((rule) => !isImportant(rule)) : holding
  const classRule = counting.find((rule) => classOf(rule) !== null && !(isForged && verdict.class === 'suspicious'))
  const urgencyRule = counting.find((rule) => urgencyOf(rule) !== null && !(isForged && verdict.class === 'suspicious'))
  const wishes = wishesOf(counting)
  const tell = [
    ...new Set(counting.flatMap(({outcomes}) => outcomes.flatMap((one) => (one.kind === 'tell' ? [one.name] : [])))),
  ]
  const sources = [...new Set(counting.map(({file, line}) => `${file}:${line}`))]
  if (!classRule && !urgencyRule) return {...verdict, wishes, tell, sources: [...sources, ...verdict.sources]}
  const kind = (classRule && classOf(classRule)) ?? verdict.class
  const urgency = (urgencyRule && urgencyOf(urgencyRule)) ?? verdict.urgency
  const deciding = classRule ?? urgencyRule
  return {
    ...verdict,
    class: kind,
    urgency,
    confidence: 1,
    reason: `Your rule in ${deciding?.file} line ${deciding?.line} says so.`,
    by: 'operator',
    sources,
    wishes,
    tell,
    isCertain: true,
  }
}

function inOrder(rules: readonly Rule[]): Rule[] {
  return [...rules.filter(({isLearned}) => isLearned).reverse(), ...rules.filter(({isLearned}) => !isLearned)]
}

function classOf({outcomes}: Rule): MailClass | null {
  return outcomes.flatMap((one) => (one.kind === 'class' ? [one.class] : []))[0] ?? null
}

function urgencyOf(rule: Rule): Urgency | null {
  const own = rule.outcomes.flatMap((one) => (one.kind === 'urgency' ? [one.urgency] : []))[0]
  const kind = classOf(rule)
  return own ?? (kind === null ? null : URGENCY_OF[kind])
}

function isImportant(rule: Rule): boolean {
  if (classOf(rule) === 'suspicious') return false
  const isMore = classOf(rule) === 'urgent' || (urgencyOf(rule) ?? 0) >= 2
  return (
    isMore || rule.outcomes.some((one) => one.kind === 'tell' || (one.kind === 'wish' && one.wish.kind === 'draft'))
  )
}

/** Each once; of two places to lie, and of two drafts, the first. */
function wishesOf(rules: readonly Rule[]): Wish[] {
  const wishes = new Map<string, Wish>()
  for (const {outcomes} of rules) {
    for (const one of outcomes) {
      if (one.kind !== 'wish') continue
      const {wish} = one
      const aspect =
        wish.kind === 'move' || wish.kind === 'archive'
          ? 'place'
          : wish.kind === 'label'
            ? `label ${wish.label}`
            : wish.kind
      if (!wishes.has(aspect)) wishes.set(aspect, wish)
    }
  }
  return [...wishes.values()]
}

import type {Urgency} from '../../verdict.js'
import type {Judged} from '../judged.js'
import type {RuleVerdict} from '../rule-verdict.js'
import {type Clues, findClues, isFromPerson, URGENT} from './find-clues.js'
import {judgeCalendar} from './judge-calendar.js'
import {judgeDeceit} from './judge-deceit.js'
import type {Opinion} from './opinion.js'
import {sayWhyUrgent} from './say-why.js'
import {SUSPICIOUS} from './weigh-suspicion.js'

/** The verdict of signals and words, before the operator's rules: the first that has an opinion. */
export function judgeWords(mail: Judged): RuleVerdict {
  const clues = findClues(mail)
  const opinion =
    judgeAnswerOfMachine(clues) ??
    judgeDeceit(clues) ??
    judgeCalendar(clues) ??
    judgeUrgent(clues) ??
    judgeOrdinary(clues)
  return {by: 'rule', wishes: [], tell: [], marks: clues.marks, ...opinion}
}

/** These headers are easily written: they calm nobody about what is deceit. */
function judgeAnswerOfMachine({sender, chosen, suspicion}: Clues): Opinion | null {
  if (!(sender.isAutoReply || chosen.class === 'bounce') || suspicion.weight >= SUSPICIOUS) return null
  return {
    class: chosen.class,
    urgency: chosen.urgency,
    confidence: chosen.confidence,
    reason: `It ${chosen.because}.`,
    sources: [chosen.source],
    isCertain: true,
  }
}

function judgeUrgent({net, line, evidence, reading, marks}: Clues): Opinion | null {
  if (net < line) return null
  return {
    class: 'urgent',
    urgency: 3,
    confidence: Math.min(0.6 + (net - line) * 0.07, 0.97),
    reason: sayWhyUrgent(evidence, reading.text),
    sources: evidence.map(({id}) => id).slice(0, 6),
    // A model may put weak evidence right, unless the mail speaks to models.
    isCertain: net >= URGENT || marks.includes('orders') || marks.includes('hidden-orders'),
  }
}

function judgeOrdinary(clues: Clues): Opinion {
  const {net, line, calm, chosen, evidence, injections, marks} = clues
  const isNear = net >= line - 0.5
  const urgency: Urgency = isNear ? 2 : net >= 1.5 && chosen.urgency === 0 && calm.weight === 0 ? 1 : chosen.urgency
  const isForMachine = injections.length > 0 || marks.includes('hidden-orders')
  const kind = isForMachine ? suspect(chosen.class) : chosen.class
  const confidence = Math.min(chosen.confidence, isNear ? 0.55 : net >= 1.5 ? 0.7 : 1)
  return {
    class: kind,
    urgency,
    confidence,
    reason:
      kind === chosen.class ? `It ${chosen.because}.` : 'It speaks to a program that reads mail, not to a person.',
    sources: [chosen.source, ...calm.sources, ...evidence.map(({id}) => id)].slice(0, 6),
    isCertain: confidence >= 0.8 && isSettled(clues),
  }
}

/** What a person writes, or a program reports, may be urgent in words that no list has; unless something says that it isn't. */
function isSettled({chosen: {class: kind, source}, calm: {isResolved, sources}, sender}: Clues): boolean {
  if (isResolved || kind === 'bounce' || source === 'auto-reply') return true
  if (isFromPerson(sender)) return false
  return sender.kind !== 'robot' || kind !== 'notification' || sources.includes('test') || sources.includes('digest')
}

/** What speaks to a machine and says nothing else is not harmless. */
function suspect(kind: RuleVerdict['class']): RuleVerdict['class'] {
  return kind === 'other' || kind === 'newsletter' || kind === 'notification' ? 'suspicious' : kind
}

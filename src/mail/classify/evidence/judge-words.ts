import type {Urgency} from '../../verdict.js'
import type {RuleVerdict} from '../classify-by-rules.js'
import type {Judged} from '../judged.js'
import {type Chosen, chooseClass} from './choose-class.js'
import {findInjections, type Injection} from './find-injections.js'
import {marksOf} from './find-marks.js'
import {readWords} from './read-words.js'
import {sayWhyUrgent} from './say-why.js'
import {readSender, type SenderFacts} from './sender.js'
import type {Sender} from './signal.js'
import {type Calm, weighCalm} from './weigh-calm.js'
import {type Evidence, weighSignals} from './weigh-signals.js'
import {SUSPICIOUS, weighSuspicion} from './weigh-suspicion.js'

/** In sum so much is urgent, whatever speaks against it. */
const URGENT = 3
/** So much is urgent where nothing speaks against it: a person who writes of one trouble means it. */
const URGENT_UNLESS_CALMED: Readonly<Record<Sender, number>> = {colleague: 1.5, person: 1.5, robot: 2, mailing: 3}
/** No theme counts for more: many words about one thing are still one thing. */
const MOST_OF_A_THEME = 7
const HOUR_MS = 3_600_000

/** The verdict of signals and words, before the operator's rules. */
export function judgeWords(mail: Judged): RuleVerdict {
  const sender = readSender(mail)
  const body = mail.content.fresh
  // The subject of an answer is an earlier mail's, like a quote.
  const isOldSubject = ANSWERS.test(mail.head.subject) && body.trim() !== ''
  const reading = readWords({subject: mail.head.subject, body, received: mail.received})
  const injections = findInjections(reading.text)
  const evidence = weighSignals(reading, sender.kind).filter(
    ({from}) => (!isOldSubject || from > mail.head.subject.length) && !isData(from, reading.text, injections),
  )
  const calm = weighCalm(reading, sender, injections)
  const suspicion = weighSuspicion(mail, reading, sender, injections)
  const marks = marksOf(mail, {injections, suspicion: suspicion.sources})
  const net = netOf(evidence, calm, sender)
  const line = calm.weight === 0 ? URGENT_UNLESS_CALMED[sender.kind] : URGENT
  const chosen = chooseClass({mail, reading, sender, calm})
  const base = {by: 'rule', wishes: [], tell: [], marks} as const

  // These headers are easily written: they calm nobody about what is deceit.
  if ((sender.isAutoReply || chosen.class === 'bounce') && suspicion.weight < SUSPICIOUS)
    return {
      ...base,
      class: chosen.class,
      urgency: chosen.urgency,
      confidence: chosen.confidence,
      reason: `It ${chosen.because}.`,
      sources: [chosen.source],
      isCertain: true,
    }
  // Who isn't who it says and presses for money, access or time is a fraud until proven otherwise.
  const isPressing =
    sender.standing === 'fails' &&
    evidence.length > 0 &&
    net >= line &&
    evidence.every(({theme}) => PRESSING.has(theme))
  const isSafety = sumOf(evidence.filter(({theme}) => theme === 'safety')) >= URGENT && sender.standing !== 'fails'
  if (isPressing || (suspicion.weight >= SUSPICIOUS && !(isSafety && net >= URGENT))) {
    const confidence = Math.min(0.6 + (suspicion.weight - SUSPICIOUS) * 0.12 + 0.1, 0.97)
    return {
      ...base,
      class: 'suspicious',
      urgency: targets(suspicion.sources) ? 1 : 0,
      confidence,
      reason: sayWhySuspicious(suspicion.sources),
      sources: suspicion.sources,
      isCertain: confidence >= 0.8,
    }
  }
  const appointment = judgeCalendar(mail, net)
  if (net < line && appointment)
    return {...base, ...appointment, isCertain: appointment.class === 'urgent' || !isFromPerson(sender)}
  if (net >= line) {
    const confidence = Math.min(0.6 + (net - line) * 0.07, 0.97)
    return {
      ...base,
      class: 'urgent',
      urgency: 3,
      confidence,
      reason: sayWhyUrgent(evidence, reading.text),
      sources: evidence.map(({id}) => id).slice(0, 6),
      // A model may put weak evidence right, unless the mail speaks to models.
      isCertain: net >= URGENT || marks.includes('orders') || marks.includes('hidden-orders'),
    }
  }
  const isNear = net >= line - 0.5
  const urgency: Urgency = isNear ? 2 : net >= 1.5 && chosen.urgency === 0 && calm.weight === 0 ? 1 : chosen.urgency
  const kind = injections.length > 0 || marks.includes('hidden-orders') ? suspect(chosen.class) : chosen.class
  const confidence = isNear
    ? Math.min(chosen.confidence, 0.55)
    : net >= 1.5
      ? Math.min(chosen.confidence, 0.7)
      : chosen.confidence
  return {
    ...base,
    class: kind,
    urgency,
    confidence,
    reason: `It ${chosen.because}.`,
    sources: [chosen.source, ...calm.sources, ...evidence.map(({id}) => id)].slice(0, 6),
    isCertain: confidence >= 0.8 && isSettled(chosen, calm, sender),
  }
}

/** Whether a place stands between the braces of something that is written for a machine. */
function isData(at: number, text: string, injections: readonly Injection[]): boolean {
  return injections.some(({from}) => {
    const [open, close] = [text.lastIndexOf('{', from), text.indexOf('}', from)]
    return open !== -1 && close !== -1 && open < at && at < close && !text.slice(open, close).includes('\n\n')
  })
}

function isFromPerson({kind}: SenderFacts): boolean {
  return kind === 'person' || kind === 'colleague'
}

/** What a person writes, or a program reports, may be urgent in words that no list has; unless something says that it isn't. */
function isSettled({class: kind, source}: Chosen, {isResolved, sources}: Calm, sender: SenderFacts): boolean {
  if (isResolved || kind === 'bounce' || source === 'auto-reply') return true
  if (isFromPerson(sender)) return false
  return sender.kind !== 'robot' || kind !== 'notification' || sources.includes('test') || sources.includes('digest')
}

const ANSWERS =
  /^\s*(?:(?:re|aw|antw|antwort|sv|vs|rv|res|ref|odp|отв|ответ|回复|回覆|答复|返信|rif)\s*(?:\[\d+\])?\s*[:：]\s*)/i

const PRESSING: ReadonlySet<string> = new Set(['money', 'access', 'security', 'deadline', 'asked'])

function netOf(evidence: readonly Evidence[], calm: Calm, {kind}: SenderFacts): number {
  const total = sumOf(evidence)
  const net = total - calm.weight
  if (
    kind === 'robot' ||
    kind === 'mailing' ||
    calm.isResolved ||
    calm.sources.includes('test') ||
    calm.sources.includes('away') ||
    calm.sources.includes('past') ||
    calm.sources.includes('fun')
  )
    return net
  // Who is in danger or is leaving may say please, thank you, and that there is no hurry.
  const grave = sumOf(evidence.filter(({theme}) => theme === 'safety' || theme === 'leaving'))
  return Math.max(net, grave - Math.max(calm.promo - 1, 0) * 2)
}

function sumOf(evidence: readonly Evidence[]): number {
  const themes = new Map<string, number>()
  for (const {theme, weight} of evidence)
    themes.set(theme, Math.min((themes.get(theme) ?? 0) + weight, MOST_OF_A_THEME))
  return [...themes.values()].reduce((sum, weight) => sum + weight, 0)
}

function suspect(kind: RuleVerdict['class']): RuleVerdict['class'] {
  return kind === 'other' || kind === 'newsletter' || kind === 'notification' ? 'suspicious' : kind
}

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

/** An invitation is news for now only when it is cancelled or changed within hours. */
function judgeCalendar({content, received}: Judged, net: number) {
  if (!content.calendar) return null
  const {method, start} = content.calendar
  const hours = start === null ? Number.NaN : (Date.parse(start) - Date.parse(received)) / HOUR_MS
  if (method === 'CANCEL' && hours > -1 && hours < 6)
    return {
      class: 'urgent',
      urgency: 3,
      confidence: 0.82,
      reason: 'An appointment of the next hours is cancelled.',
      sources: ['calendar'],
      isCertain: true,
    } as const
  const isSoon = hours > -1 && hours < 24
  return {
    class: 'calendar',
    urgency: method === 'REPLY' ? 0 : isSoon || net >= 2.5 ? 2 : 1,
    confidence: 0.93,
    reason: method === 'REPLY' ? 'It answers an invitation.' : 'It is an invitation, or a change of one.',
    sources: ['calendar'],
    isCertain: true,
  } as const
}

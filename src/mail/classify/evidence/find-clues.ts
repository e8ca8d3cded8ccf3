import type {Judged} from '../judged.js'
import {type Chosen, chooseClass} from './choose-class.js'
import {findInjections, type Injection} from './find-injections.js'
import {marksOf} from './find-marks.js'
import {type Reading, readWords} from './read-words.js'
import {readSender, type SenderFacts} from './sender.js'
import type {Sender} from './signal.js'
import {type Calm, weighCalm} from './weigh-calm.js'
import {type Evidence, weighSignals} from './weigh-signals.js'
import {type Suspicion, weighSuspicion} from './weigh-suspicion.js'

/** In sum so much is urgent, whatever speaks against it. */
export const URGENT = 3
/** So much is urgent where nothing speaks against it: a person who writes of one trouble means it. */
const URGENT_UNLESS_CALMED: Readonly<Record<Sender, number>> = {colleague: 1.5, person: 1.5, robot: 2, mailing: 3}
/** No theme counts for more: many words about one thing are still one thing. */
const MOST_OF_A_THEME = 7

/** All that is found in a mail before anything is made of it. */
export interface Clues {
  readonly mail: Judged
  readonly sender: SenderFacts
  readonly reading: Reading
  readonly injections: readonly Injection[]
  /** What speaks for urgency, what against it, and what for deceit. */
  readonly evidence: readonly Evidence[]
  readonly calm: Calm
  readonly suspicion: Suspicion
  readonly marks: ReturnType<typeof marksOf>
  /** The sum of evidence less what calms. */
  readonly net: number
  /** From where on that sum is urgent in this mail. */
  readonly line: number
  /** What it is where it is neither urgent nor deceit. */
  readonly chosen: Chosen
}

export function findClues(mail: Judged): Clues {
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
  return {
    mail,
    sender,
    reading,
    injections,
    evidence,
    calm,
    suspicion,
    marks: marksOf(mail, {injections, suspicion: suspicion.sources}),
    net: netOf(evidence, calm, sender),
    line: calm.weight === 0 ? URGENT_UNLESS_CALMED[sender.kind] : URGENT,
    chosen: chooseClass({mail, reading, sender, calm}),
  }
}

export function isFromPerson({kind}: SenderFacts): boolean {
  return kind === 'person' || kind === 'colleague'
}

/** Themes in sum. */
export function sumOf(evidence: readonly Evidence[]): number {
  const themes = new Map<string, number>()
  for (const {theme, weight} of evidence)
    themes.set(theme, Math.min((themes.get(theme) ?? 0) + weight, MOST_OF_A_THEME))
  return [...themes.values()].reduce((sum, weight) => sum + weight, 0)
}

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

/** Whether a place stands between the braces of something that is written for a machine. */
function isData(at: number, text: string, injections: readonly Injection[]): boolean {
  return injections.some(({from}) => {
    const [open, close] = [text.lastIndexOf('{', from), text.indexOf('}', from)]
    return open !== -1 && close !== -1 && open < at && at < close && !text.slice(open, close).includes('\n\n')
  })
}

const ANSWERS =
  /^\s*(?:(?:re|aw|antw|antwort|sv|vs|rv|res|ref|odp|отв|ответ|回复|回覆|答复|返信|rif)\s*(?:\[\d+\])?\s*[:：]\s*)/i

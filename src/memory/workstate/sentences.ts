import {cleanLine} from '../../kit/text.js'
import type {PlanStep} from '../../workspace/workstate-file.js'
import {MONTHS} from './marks.js'
import {isNoise} from './noise.js'

/** One sentence as somebody said it. */
export interface Sentence {
  readonly text: string
  /** Of a checkbox or a numbered plan; null for ordinary prose. */
  readonly step: PlanStep['state'] | null
  /** Quoted from elsewhere: a pasted mail, a fenced block. It informs and doesn't bind. */
  readonly isQuoted: boolean
}

// Nobody puts a full stop behind an address: what begins with a capital after it is the next sentence.
const ENDS =
  /(?<=[.!?…][”"')\]]*)\s+(?=[\p{Lu}\p{N}"“¿¡([`#@/~\p{Lo}-]|[a-z]+[-_/.\d])|(?<=[。！？])\s*|\s*;\s+(?=\p{L})|(?<=(?:\p{L}{4}|\d)\.)\s+(?=\p{Ll}{2,}[\s,'’@])|(?<=\s[a-z][a-z0-9+.-]{1,12}:\/\/\S+[\w/])\s+(?=\p{Lu}\p{Ll}*\s)/u
const ABBREVIATED =
  /(?:^|[\s(])(?:e\.g|i\.e|vs|approx|no|nr|mr|mrs|ms|dr|prof|st|fig|cf|ca|bzw|z\. ?b|d\. ?h|u\. ?a|sr|sra|mme|art|tel|dept|incl?|excl|resp|evtl|bzgl|inkl|usw|\p{Lu})\.$/iu
/** Words that end a sentence as often as not: with a small letter or a number after them they don't. */
const MAY_END = /(?:^|[\s(])(?:etc|inc|ltd|co|min|max|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.$/iu
/** "Am 14. März", "der 2. Entwurf"; "it stands at 46. My train was late" is two sentences. */
const ORDINAL = /(?:^|[\s(])\d{1,2}\.$/
const IS_ORDINAL = /(?<![\p{L}])(?:der|die|das|den|dem|des|am|im|zum|zur|vom|bis|ab|seit) \d{1,2}\.$/iu
const IS_MONTH = new RegExp(`^(?:\\d|(?:${MONTHS})(?![\\p{L}]))`, 'iu')
const LONGEST = 420

/** The sentences of a text, without what is written for machines. */
export function splitSentences(text: string): Sentence[] {
  const found: Sentence[] = []
  let fenced = false
  let isPlan = false
  for (const raw of text.replace(/\r\n?/g, '\n').split('\n')) {
    if (/^\s*(?:```|~~~)/.test(raw)) {
      fenced = !fenced
      continue
    }
    const line = raw.trim()
    if (line === '' || /^<\/?outside [0-9a-f]+>$/.test(line)) continue
    const heading = /^#{1,6}\s+(.*)$/.exec(line)?.[1] ?? (/^[^.!?]{2,60}[:：]$/.test(line) ? line : null)
    const isQuoted = fenced || line.startsWith('>')
    const item = readItem(line.replace(/^(?:>\s*)+/, ''))
    if (item.step === null && !item.isNumbered)
      isPlan = heading === null ? isPlan && item.isBullet : isPlanWord(heading)
    if (/^#{1,6}\s/.test(line) || isNoise(item.text)) continue
    const step = item.step ?? (isPlan && (item.isNumbered || item.isBullet) && !isQuoted ? 'next' : null)
    for (const sentence of step === null ? sentencesOf(item.text) : [item.text]) {
      const plain = cleanLine(sentence.replace(/\*\*|__/g, ''))
      if (plain !== '') found.push({text: plain.slice(0, LONGEST), step, isQuoted})
    }
  }
  return found
}

function isPlanWord(heading: string): boolean {
  return /\b(?:plan|steps?|to-?do|next|roadmap|schritte|pasos|étapes|passos|stappen)\b|план|计划|步骤|計画|手順/iu.test(
    heading,
  )
}

function readItem(line: string): {
  text: string
  step: PlanStep['state'] | null
  isNumbered: boolean
  isBullet: boolean
} {
  const [, box, boxed] = /^(?:[-*+•]|\d{1,2}[.)])?\s*\[([ xX~>✓])\]\s+(.*)$/.exec(line) ?? []
  if (box !== undefined && boxed !== undefined) {
    const step = /[xX✓]/.test(box) ? 'done' : /[~>]/.test(box) ? 'doing' : 'next'
    return {text: boxed, step, isNumbered: false, isBullet: true}
  }
  const numbered = /^\d{1,2}[.)、]\s+(?=\D)(.*)$/.exec(line)?.[1]
  if (numbered !== undefined) return {text: numbered, step: null, isNumbered: true, isBullet: false}
  const bullet = /^[-*+•]\s+(.*)$/.exec(line)?.[1]
  return {text: bullet ?? line, step: null, isNumbered: false, isBullet: bullet !== undefined}
}

function goesOn(last: string, piece: string): boolean {
  if (ORDINAL.test(last)) return IS_ORDINAL.test(last) || IS_MONTH.test(piece)
  if (MAY_END.test(last)) return /^(?:[\p{Ll}\d(]|(?:Ltd|Inc|KG)(?![\p{L}]))/u.test(piece)
  return ABBREVIATED.test(last)
}

/** Prose split where sentences end; a dot after "No", "Dr" or a day of the month ends none. */
function sentencesOf(text: string): string[] {
  const pieces: string[] = []
  for (const piece of text.split(ENDS)) {
    const last = pieces.at(-1)
    if (last !== undefined && piece !== undefined && goesOn(last, piece)) pieces[pieces.length - 1] = `${last} ${piece}`
    else if (piece !== undefined && piece.trim() !== '') pieces.push(piece)
  }
  return pieces
}

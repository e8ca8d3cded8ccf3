import {cleanLine} from '../../kit/text.js'
import type {PlanStep} from '../../workspace/workstate-file.js'
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
  /(?<=[.!?…][”"')\]]*)\s+(?=[\p{Lu}\p{N}"“¿¡([`#@/~\p{Lo}-]|[a-z]+[-_/.\d])|(?<=[。！？])\s*|\s*;\s+(?=\p{L})|(?<=\s[a-z][a-z0-9+.-]{1,12}:\/\/\S+[\w/])\s+(?=\p{Lu}\p{Ll}*\s)/u
const ABBREVIATED =
  /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|approx|no|nr|mr|mrs|ms|dr|prof|st|inc|ltd|co|fig|cf|ca|bzw|z\. ?b|d\. ?h|u\. ?a|sr|sra|mme|art|tel|min|max|dept|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|\p{Lu}|\d{1,2})\.$/iu
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

/** Prose split where sentences end; a dot after "No", "Dr" or a day of the month ends none. */
function sentencesOf(text: string): string[] {
  const pieces: string[] = []
  for (const piece of text.split(ENDS)) {
    const last = pieces.at(-1)
    if (last !== undefined && ABBREVIATED.test(last)) pieces[pieces.length - 1] = `${last} ${piece}`
    else if (piece !== undefined && piece.trim() !== '') pieces.push(piece)
  }
  return pieces
}

import {ATTRIBUTION, FORWARD_SUBJECT, FORWARDED, isHeadBlock, isHeadLine, ORIGINAL, SENT_FROM} from './quote-words.js'

/** The most lines of a signature below a bare "--"; below the "-- " of the standard it may be longer. */
const LONGEST_SIGNATURE = 12
const MOST_LINES = 2000

/**
 * What this mail adds itself: no quoted mail, no signature. What is handed on is what a forward says, so it stays, without
 * the headers above it and without what it quotes in turn.
 */
export function freshText(text: string, subject: string): string {
  const lines = text.split('\n', MOST_LINES)
  const isForward = FORWARD_SUBJECT.test(subject)
  const kept: string[] = []
  let at = 0
  let mayForward = true
  while (at < lines.length) {
    const line = lines[at] ?? ''
    const plain = line.trim()
    const isAlone = kept.every((said) => said.trim() === '')
    if (FORWARDED.test(plain)) {
      mayForward = false
      at = pastHead(lines, at + 1)
    } else if (isHeadBlock(lines, at)) {
      // The same block stands above a reply's quote; only a forward, or a mail that adds nothing, is about it.
      if (!mayForward || !(isForward || (isAlone && !/^re\b/i.test(subject)))) break
      mayForward = false
      at = pastHead(lines, at)
    } else if (ORIGINAL.test(plain)) {
      if (!isForward || !mayForward) break
      mayForward = false
      at = pastHead(lines, at + 1)
    } else if (plain.startsWith('>')) at++
    else if (attributionLength(lines, at) > 0) {
      at += attributionLength(lines, at)
      if (!isQuoteNext(lines, at)) break
    } else if (!isAlone && isSignature(lines, at)) {
      at = afterSignature(lines, at)
      if (at === -1) break
    } else {
      if (!SENT_FROM.test(plain) && !/^_{10,}$/.test(plain)) kept.push(line)
      at++
    }
  }
  const fresh = joined(kept)
  // Nothing above what looks like a quote: then that is all it says, and a stranger's whole mail must not pass for old.
  return fresh === '' ? joined(lines.map((line) => line.replace(/^(?:>\s?)+/, ''))) : fresh
}

function joined(lines: readonly string[]): string {
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** Over the headers of a mail that is handed on, and the empty lines around them. */
function pastHead(lines: readonly string[], from: number): number {
  let at = from
  while (at < lines.length && at < from + 20 && (isHeadLine(lines[at] ?? '') || (lines[at] ?? '').trim() === '')) at++
  return at
}

/** How many lines "On … wrote:" takes here; 0: there is none. */
function attributionLength(lines: readonly string[], at: number): number {
  for (const length of [1, 2, 3]) {
    const part = lines.slice(at, at + length).map((line) => line.trim())
    if (part.at(-1) === '') return 0
    const whole = part.join(' ')
    if (/[:：。]$|のメール$/u.test(whole) && whole.length < 400 && ATTRIBUTION.test(whole)) return length
  }
  return 0
}

function isQuoteNext(lines: readonly string[], at: number): boolean {
  const next = lines.slice(at, at + 3).find((line) => line.trim() !== '')
  return next?.trimStart().startsWith('>') ?? false
}

function isSignature(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? ''
  if (line === '-- ') return true
  if (!/^(?:--|—)\s*$/.test(line)) return false
  const rest = lines.slice(at + 1, at + 2 + LONGEST_SIGNATURE * 2)
  const end = rest.findIndex((_, index) => startsOther(lines, at + 1 + index))
  const below = end === -1 ? rest : rest.slice(0, end)
  return below.filter((said) => said.trim() !== '').length <= LONGEST_SIGNATURE
}

/** Where something else than the signature begins, as in a forward below it; -1: nowhere. */
function afterSignature(lines: readonly string[], at: number): number {
  return lines.findIndex((_, index) => index > at && startsOther(lines, index))
}

function startsOther(lines: readonly string[], at: number): boolean {
  const plain = (lines[at] ?? '').trim()
  return FORWARDED.test(plain) || ORIGINAL.test(plain) || isHeadBlock(lines, at)
}

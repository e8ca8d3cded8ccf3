import type {Mark} from './marks.js'
import {alike, hasOtherValue, isBare, keysOf, meaningOf, negated, ofKinds, plainWords} from './meaning.js'
import type {Statement} from './statement.js'
import {isSubject, keyOf, likeness, overlap, shared, topicsOf} from './words.js'

const STATES =
  /(?<![\p{L}])(?:is|are|was|will be|equals?|costs?|stands at|due|set to|runs on|listens on|deadline|budget|price|limit|owner|version|port|total|target|quota|ist|sind|kostet|es|está|son|cuesta|est|sont|coûte|é|são|custa|kost|до|это|составляет)(?![\p{L}])|[:=]|是|为|です|は/iu
/** So many sentences back a correction that names nothing can still mean. */
const NEAR = 6

/** What a statement says anew of the same subject, so that the older no longer holds. */
export function replacedBy(now: Statement, kept: readonly Statement[]): Statement[] {
  if (now.kind === 'question' || now.kind === 'waiting') return []
  const same = kept.filter((old) => saysAnew(old, now))
  if (same.length > 0 || !now.effects.has('corrects')) return same
  const scored = kept
    .map((old) => ({old, points: closeness(old, now)}))
    .filter(({points}) => points >= 0.5)
    .sort((a, b) => b.points - a.points)
  const best = scored[0]?.points ?? 0
  if (best > 0) return scored.filter(({points}) => points >= best - 0.05).map(({old}) => old)
  return isBare(now)
    ? kept
        .slice(-NEAR)
        .filter((old) => hasOtherValue(old, now))
        .slice(-1)
    : []
}

/** Older statements that a "forget the trip" or "the trip is off" is about. */
export function retractedBy(now: Statement, kept: readonly Statement[]): Statement[] {
  const about = meaningOf(now)
  if (about.size === 0) return []
  return kept.filter((old) => {
    if (old.kind === 'goal' || conflicts(old, now)) return false
    const common = shared(about, meaningOf(old))
    return common > 0 && common / about.size >= 0.6 && (common > 1 || about.size === 1) && hasOwn(old, now)
  })
}

/** Nearly the same sentence, with the same facts in it. */
export function isRepeat(old: Statement, now: Statement): boolean {
  if ((old.kind === 'standing') !== (now.kind === 'standing') && now.kind === 'standing') return false
  const [ours, theirs] = [keysOf(now.marks), keysOf(old.marks)]
  if (ours.size === 0 && theirs.size === 0) return likeness(old.subject, now.subject) >= 0.75
  if (shared(ours, theirs) < ours.size) return false
  // Two things about the same person, or on the same day, are two things.
  if (
    now.marks.every((mark) => mark.kind === 'name' || !isSubject(mark)) &&
    !isSameOf(plainWords(old), plainWords(now))
  )
    return false
  const least = ours.size === theirs.size ? 0.5 : 0.8
  return overlap(old.subject, now.subject) >= least && (ours.size > 0 || likeness(old.subject, now.subject) >= 0.75)
}

function isSameOf(theirs: ReadonlySet<string>, ours: ReadonlySet<string>): boolean {
  return likeness(theirs, ours) >= 0.5 || (Math.min(theirs.size, ours.size) > 1 && overlap(theirs, ours) === 1)
}

/** "Correction: the 14th" as what it means: the older sentence with the new value in it. */
export function mended(now: Statement, gone: readonly Statement[]): string {
  const [old] = gone
  const value = now.marks.find(
    (mark) =>
      !isSubject(mark) && old?.marks.some((other) => alike(mark.kind, other.kind) && keyOf(other) !== keyOf(mark)),
  )
  const stale = old?.marks.filter((mark) => value !== undefined && alike(mark.kind, value.kind)) ?? []
  if (old === undefined || value === undefined || stale.length !== 1 || !isBare(now)) return withoutOld(now, gone)
  return old.text.replace(stale[0]?.value ?? '', () => value.value)
}

/** The new statement without the value it puts an end to: "the 14th, not the 12th" would keep both. */
function withoutOld(now: Statement, gone: readonly Statement[]): string {
  const old = new Set(
    gone.flatMap(({marks}) => marks.filter((mark) => !isSubject(mark) || mark.kind === 'name').map(keyOf)),
  )
  const stale = now.marks.filter((mark) => old.has(keyOf(mark)) && isStale(now, mark))
  const fresh = now.marks.filter((mark) => !stale.includes(mark))
  let text = now.text
  for (const {value} of [...stale, ...negated(now.text, now.marks)]) {
    const plain = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const around = new RegExp(
      `[,;(–—-]?\\s*(?:\\b(?:and )?(?:not|instead of|rather than|from|was|were|previously|formerly|used to be|no longer|up from|down from|replac(?:es|ing)|old|statt|nicht|en vez de|en lugar de|no|au lieu de|pas|em vez de|não|in plaats van|niet|вместо|а не|не)\\b[: ]*)+(?:(?:the|on|at|for|is|of|be|any ?more|den|der|el|la|le|o|a)\\s+)*${plain}(?:\\s*(?:any ?more|->|→))?\\)?|${plain}\\s*(?:->|→|=>)`,
      'iu',
    )
    if (fresh.length > 0 || around.test(text)) text = text.replace(around, '')
  }
  const tidy = text
    .replace(/\s{2,}/g, ' ')
    .replace(/\s+([,.;)])/g, '$1')
    .replace(/^[\s,;:–—-]+/, '')
    .trim()
  return tidy.length < 3 ? now.text : tidy
}

function isStale(now: Statement, mark: Mark): boolean {
  return now.marks.some((other) => other !== mark && other.kind === mark.kind && keyOf(other) !== keyOf(mark))
}

/** The same subject with another value, where values are said to be, not to have happened. */
export function saysAnew(old: Statement, now: Statement): boolean {
  if (old.kind === 'question' || !hasOtherValue(old, now) || !STATES.test(now.text)) return false
  const [ours, theirs] = [meaningOf(now), meaningOf(old)]
  return ours.size > 0 && ours.size === theirs.size && shared(ours, theirs) === ours.size
}

function closeness(old: Statement, now: Statement): number {
  if (old.kind === 'question' || conflicts(old, now)) return 0
  const [ours, theirs] = [meaningOf(now), meaningOf(old)]
  const common = shared(ours, theirs)
  if (common === 0) return 0
  if (isOtherChoice(old, now)) return 1
  const dropped = [...negated(now.text, now.marks)].some((mark) => keysOf(old.marks).has(keyOf(mark)))
  if (!dropped && !hasOtherValue(old, now) && !isAlternative(old, now)) return 0
  const isElsewhere = !sharesMark(old, now) && common < ours.size && common < theirs.size
  return common / Math.min(ours.size, theirs.size) + (dropped ? 0.5 : 0) + common / 100 - (isElsewhere ? 0.3 : 0)
}

/** "We buy the oil tank from Acme" and "the oil tank comes from Globex": the same thing, and another name to it. */
function isOtherChoice(old: Statement, now: Statement): boolean {
  const [theirs, ours] = [ofKinds(old, ['name']), ofKinds(now, ['name'])]
  if (theirs.size === 0 || ours.size === 0 || shared(ours, theirs) > 0) return false
  const isAlone = theirs.size === 1 && ours.size === 1
  if (isAlone && likeness(plainWords(old), plainWords(now)) === 1) return true
  const known = topicsOf(old.text)
  return [...topicsOf(now.text)].some((topic) => topic.includes(' ') && known.has(topic))
}

function sharesMark(old: Statement, now: Statement): boolean {
  return now.marks.some((mark) => isSubject(mark) && old.marks.some((other) => keyOf(other) === keyOf(mark)))
}

/** Both name something of their own, and it isn't what is being corrected. */
function conflicts(old: Statement, now: Statement): boolean {
  const values = hasOtherValue(old, now)
  for (const kinds of [['name'], ['id', 'url', 'email', 'path', 'hash', 'code', 'phone']] as const) {
    const [ours, theirs] = [ofKinds(now, kinds), ofKinds(old, kinds)]
    if (ours.size > 0 && theirs.size > 0 && shared(ours, theirs) === 0 && (values || kinds[0] !== 'name')) {
      if (values || !isOnlyMark(old, now)) return true
    }
  }
  return false
}

/** An id against an id in otherwise the same sentence: the id itself is what changed. */
function isOnlyMark(old: Statement, now: Statement): boolean {
  return meaningOf(old).size > 0 && overlap(plainWords(old), plainWords(now)) >= 0.5
}

function isAlternative(old: Statement, now: Statement): boolean {
  const [theirs, ours] = [plainWords(old), plainWords(now)]
  const kinds = old.marks.filter(({kind, value}) =>
    now.marks.some((mark) => mark.kind === kind && mark.value !== value),
  )
  if (old.marks.length === 0 && now.marks.length === 0)
    return likeness(theirs, ours) >= 0.5 && shared(theirs, ours) >= 2
  return kinds.length > 0 && overlap(theirs, ours) >= 0.6 && likeness(keysOf(old.marks), keysOf(now.marks)) < 1
}

/** A retraction must name what it ends, not only share a common word with it. */
function hasOwn(old: Statement, now: Statement): boolean {
  return old.origin === now.origin || old.isHeld || now.origin === 'person'
}

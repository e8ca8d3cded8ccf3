import type {Mark, MarkKind} from './marks.js'
import type {Statement} from './statement.js'
import {isSubject, keyOf, likeness} from './words.js'

const GENERIC = new Set([
  'new',
  'old',
  'chang',
  'mov',
  'date',
  'correct',
  'updat',
  'instead',
  'switch',
  'long',
  'replac',
  'today',
  'mind',
  'mistak',
  'wrong',
  'sorry',
  'team',
  'client',
  'second',
  'thought',
  'take',
  'settl',
  'decid',
  // Words that only say that something is so, or that somebody has looked at it once more.
  ...[
    'stand',
    'stood',
    'com',
    'come',
    'came',
    'amount',
    'cost',
    'show',
    'sit',
    'sat',
    'lie',
    'lay',
    'remain',
    'become',
  ],
  ...['again', 'read', 'count', 'check', 'measur', 'look', 'current', 'latest', 'newest', 'meanwhil', 'buy', 'bought'],
])

/** Both tell a value of the same kind, and not the same one. */
export function hasOtherValue(old: Statement, now: Statement): boolean {
  return (
    now.marks.some(
      (mark) =>
        !isSubject(mark) && old.marks.some((other) => alike(mark.kind, other.kind) && keyOf(other) !== keyOf(mark)),
    ) && !sameValues(old, now)
  )
}

function sameValues(old: Statement, now: Statement): boolean {
  const values = ({marks}: Statement) => keysOf(marks.filter((mark) => !isSubject(mark)))
  return likeness(values(old), values(now)) === 1
}

/** Kinds of which one can be written for the other: "400" for "400 EUR". */
export function alike(a: MarkKind, b: MarkKind): boolean {
  const counts: readonly MarkKind[] = ['money', 'number', 'quantity', 'percent', 'port']
  return (
    a === b ||
    (counts.includes(a) && b === 'number') ||
    (a === 'number' && counts.includes(b)) ||
    (['date', 'time'].includes(a) && ['date', 'time'].includes(b))
  )
}

/** A correction that names only the new value. */
export function isBare(now: Statement): boolean {
  return meaningOf(now).size <= 1 && now.marks.some((mark) => !isSubject(mark))
}

/** What a statement is about, without the words that only say that something is so or has changed. */
export function meaningOf({subject}: Statement): ReadonlySet<string> {
  return new Set([...subject].filter((item) => !GENERIC.has(item)))
}

/** The same without the names and values in it. */
export function plainWords({subject, marks}: Statement): ReadonlySet<string> {
  const named = new Set(marks.flatMap(({value}) => value.toLowerCase().split(/[^\p{L}\p{N}]+/u)))
  return new Set(
    [...subject].filter(
      (item) => !GENERIC.has(item) && ![...named].some((name) => name !== '' && name.startsWith(item)),
    ),
  )
}

/** The keys of its marks of some kinds. */
export function ofKinds({marks}: Statement, kinds: readonly MarkKind[]): ReadonlySet<string> {
  return keysOf(marks.filter(({kind}) => kinds.includes(kind)))
}

/** Marks by what they say, however they are written. */
export function keysOf(marks: readonly Mark[]): ReadonlySet<string> {
  return new Set(marks.map(keyOf))
}

/** Values that the sentence itself says are no longer so. */
export function negated(text: string, marks: readonly Mark[]): readonly Mark[] {
  return marks.filter(({at, kind}) => {
    const before = text.slice(0, at)
    return (
      !['quote', 'code'].includes(kind) &&
      /\b(?:not|instead of|rather than|no longer|was|previously|formerly|used to be|statt|au lieu de|en vez de|em vez de|in plaats van)(?: the| on| at| for| be)*\s$|вместо\s$/iu.test(
        before,
      ) &&
      marks.some((other) => other.kind === kind && other.at !== at)
    )
  })
}

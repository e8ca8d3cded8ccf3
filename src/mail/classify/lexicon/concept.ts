import type {WordList} from '../words/phrases.js'

/** What words can be about: a closed list, so that each language says the same things. */
export const CONCEPTS = [
  // Somebody may be unsafe.
  'danger',
  'smell',
  'unwell',
  'leak',
  'electric',
  'unstoppable',
  'vulnerable',
  'cold',
  // Something doesn't work.
  'home',
  'system',
  'broken',
  'without',
  'outage',
  'alarm',
  'failing',
  'ongoing',
  'standstill',
  'lockout',
  // Money, time and people that are about to be lost.
  'loss',
  'unpaid',
  'cutoff',
  'due',
  'consequence',
  'missing',
  'soon',
  'hours',
  'now',
  'help',
  'leave',
  'security',
  'journey',
  'changed',
  'authority',
  'halt',
  'present',
  // It is not now, or not meant.
  'resolved',
  'nothing-to-do',
  'routine',
  'fun',
  'disclaimer',
  'test',
  'digest',
  'promo',
  'planned',
  'no-rush',
  'thanks',
  'not',
  'again',
  // What else a mail can be.
  'question',
  'waiting',
  'invoice',
  'paid',
  'legal',
  'meeting',
  'state',
  'away',
  'undelivered',
  // How deceit talks.
  'credential',
  'bank',
  'bait',
  'fee',
] as const

export type Concept = (typeof CONCEPTS)[number]

/** One language's words, or a part of them. */
export type Lexicon = Partial<Record<Concept, WordList>>

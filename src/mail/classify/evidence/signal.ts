import type {Concept} from '../lexicon/concept.js'
import type {DayConcept} from './read-words.js'

/** What a mail can be urgent about. */
export type Theme = 'safety' | 'outage' | 'access' | 'money' | 'deadline' | 'leaving' | 'security' | 'asked' | 'plans'

/** Something a text must say: any of these. */
export type Need = readonly (Concept | DayConcept)[]

/** One piece of evidence for urgency, as data. */
export interface Signal {
  readonly id: string
  readonly theme: Theme
  /** How much in sum is urgent, judge-words.ts says. */
  readonly weight: number
  /** All of these; the first is what the reason quotes. */
  readonly needs: readonly Need[]
  /** Whether they must stand in the same sentence or next to one another; else anywhere. */
  readonly near?: boolean
  /** Whom it counts from; nobody named: from anybody. */
  readonly from?: readonly Sender[]
  /** Only on top of one of these. */
  readonly atop?: readonly string[]
}

/** Who writes: one of our own house, another person, a program, or a mailing to many. */
export type Sender = 'colleague' | 'person' | 'robot' | 'mailing'

import type {Concept} from '../lexicon/concept.js'
import type {Found} from '../words/phrases.js'
import type {Injection} from './find-injections.js'
import type {DayConcept, Reading} from './read-words.js'
import type {SenderFacts} from './sender.js'

/** What speaks against urgency, and how much. */
export interface Calm {
  readonly weight: number
  readonly sources: readonly string[]
  /** Different words of advertising. */
  readonly promo: number
  readonly isResolved: boolean
  /** Whether the text says this where no order to a machine could have put it. */
  says(concept: Concept): boolean
  saysInSubject(concept: Concept): boolean
}

/**
 * Words of calm count only where nobody speaks to a machine: up to the first paragraph that does. So no mail becomes
 * less urgent by orders put into it.
 */
export function weighCalm(reading: Reading, sender: SenderFacts, injections: readonly Injection[]): Calm {
  const calm = new CalmView(reading, injections)
  const sources: string[] = []
  let weight = 0
  const add = (id: string, by: number) => {
    sources.push(id)
    weight += by
  }
  const isProgram = sender.kind === 'robot' || sender.kind === 'mailing'
  const isResolved = calm.isResolved(isProgram)
  if (isResolved) add('resolved', isProgram ? 7 : 5)
  if (calm.inSubject('test') || (isProgram && calm.early('test'))) add('test', 7)
  if (isProgram && calm.inSubject('digest')) add('digest', 8)
  else if (isProgram && calm.has('digest')) add('digest', sender.kind === 'mailing' ? 2.5 : 1.5)
  if (isProgram && (calm.inSubject('planned') || calm.early('planned'))) add('planned', 6)
  if (isProgram && calm.has('nothing-to-do') && !reading.found.has('security')) add('nothing-to-do', 2)
  if (isProgram && calm.has('routine')) add('routine', 4)
  if (!isProgram && calm.has('fun')) add('fun', 5)
  if (!isProgram && calm.has('no-rush')) add('no-rush', 2.5)
  // Nobody advertises to his own house.
  const promo = sender.kind === 'colleague' ? 0 : calm.kinds('promo')
  if (promo > 0) add('promo', Math.min(promo * (sender.kind === 'mailing' ? 2 : isProgram ? 0.75 : 1), 8))
  // An automatic answer repeats the subject of what it answers.
  if (calm.inSubject('away')) add('away', 7)
  if (isProgram && calm.answersInvitation()) add('answered', 6)
  if (sender.isMarketing) add('marketing', 7)
  else if (sender.kind === 'mailing') add('bulk', promo > 0 || calm.has('digest') ? 2.5 : 1)
  if (calm.has('thanks') && !isProgram) add('thanks', 1)
  if (
    calm.has('day-later') &&
    (calm.has('cutoff') || calm.has('changed')) &&
    !NEAR.some((concept) => reading.found.has(concept))
  )
    add('later', 3)
  else if (!isProgram && calm.has('day-later') && !NEAR.some((concept) => reading.found.has(concept))) add('later', 2)
  // Who writes of a day that is over, and of nothing that goes on, tells what was.
  if (!isProgram && calm.inSubject('day-past') && !GOING_ON.some((concept) => reading.found.has(concept)))
    add('past', 5)
  return {
    weight,
    sources,
    promo,
    isResolved,
    says: (concept) => calm.has(concept),
    saysInSubject: (concept) => calm.inSubject(concept),
  }
}

const NEAR = ['day-near', 'day-close', 'soon'] as const
const GOING_ON = [...NEAR, 'ongoing', 'again'] as const
/** How monitors mark in a subject that all is well. */
const WELL = /(?:^|[\s[(*])(?:up|ok|resolved|recovered|recovery|cleared|closed|fixed|passed|normal)(?:[\])*:]|\s+-)/i

/** How calendars name the answer to an invitation. */
const ANSWERED =
  /^\s*(?:declined|accepted|tentative|tentatively accepted|abgelehnt|zugesagt|angenommen|mit vorbehalt|refusé|accepté|rechazado|aceptado|recusado|aceito|aceite|geweigerd|geaccepteerd|avböjt|accepterat|avvisat|отклонено|принято|已拒绝|已接受|辞退|承諾)\s*[:：]/i

/** Concepts that a calm word must come after to have the last word. */
const TROUBLE: readonly Concept[] = ['danger', 'broken', 'without', 'leak', 'outage', 'failing', 'again']

class CalmView {
  readonly #end: number
  readonly #subjectCounts: boolean

  constructor(
    readonly reading: Reading,
    injections: readonly Injection[],
  ) {
    const {words, body, text} = reading
    const bodyFrom = body === -1 ? text.length : (words[body]?.from ?? text.length)
    this.#subjectCounts = injections.every(({from}) => from >= bodyFrom)
    const first = Math.min(...injections.map(({to}) => to).filter((to) => to > bodyFrom), Number.POSITIVE_INFINITY)
    const paragraph = words.find(({to}) => to >= first)?.paragraph
    this.#end =
      first === Number.POSITIVE_INFINITY
        ? words.length
        : words.findIndex((word) => word.paragraph === (paragraph ?? words.at(-1)?.paragraph))
  }

  has(concept: Concept | DayConcept): boolean {
    return this.#of(concept).length > 0
  }

  inSubject(concept: Concept | DayConcept): boolean {
    return this.#of(concept).some(({first}) => this.#isSubject(first))
  }

  /** In the subject or the body's first two sentences. */
  early(concept: Concept): boolean {
    const {words, body} = this.reading
    const sentence = words[body]?.sentence ?? 0
    return this.#of(concept).some(({first}) => this.#isSubject(first) || (words[first]?.sentence ?? 0) <= sentence + 1)
  }

  /** How many different phrases. */
  kinds(concept: Concept): number {
    const {words} = this.reading
    return new Set(
      this.#of(concept).map(({first, last}) =>
        words
          .slice(first, last + 1)
          .map(({text}) => text)
          .join(' '),
      ),
    ).size
  }

  /** A program says it first; a person says it last. */
  isResolved(isProgram: boolean): boolean {
    if (isProgram && this.#subjectCounts && WELL.test(this.#subject())) return true
    if (isProgram) return this.inSubject('resolved') || (this.early('resolved') && !this.#failsStill())
    const last = this.#of('resolved').at(-1)
    if (!last) return false
    const {found, words} = this.reading
    const sentence = words[last.first]?.sentence ?? 0
    return !TROUBLE.some((concept) => found.get(concept)?.some((trouble) => this.#isAfter(trouble, sentence)))
  }

  answersInvitation(): boolean {
    return this.#subjectCounts && ANSWERED.test(this.#subject())
  }

  #subject(): string {
    const {text, words, body} = this.reading
    return text.slice(0, body === -1 ? text.length : (words[body]?.from ?? 0))
  }

  /** A list of steps of which some succeeded: the subject and what stands below say that others didn't. */
  #failsStill(): boolean {
    const {found, words, body} = this.reading
    const resolved = this.#of('resolved').find(({first}) => first >= body)?.first ?? words.length
    return (['outage', 'failing', 'broken'] as const).some((concept) => {
      const places = found.get(concept) ?? []
      return places.some(({first}) => first < body) && places.some(({first}) => first > resolved)
    })
  }

  #isAfter({first}: Found<unknown>, sentence: number): boolean {
    const word = this.reading.words[first]
    return word !== undefined && first >= this.reading.body && word.sentence > sentence
  }

  #of(concept: Concept | DayConcept): readonly Found<unknown>[] {
    return (this.reading.found.get(concept) ?? []).filter(({first, last}) =>
      this.#isSubject(first) ? this.#subjectCounts : last < this.#end,
    )
  }

  #isSubject(index: number): boolean {
    return this.reading.body === -1 || index < this.reading.body
  }
}

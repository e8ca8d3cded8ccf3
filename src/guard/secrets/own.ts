import {formsOf, wholeForms} from './forms.js'
import {Needles} from './needles.js'
import {Pieces} from './pieces.js'

/** Secrets of this machine under the name that a person knows them by, such as `env:DONNA_KEY`. */
export interface NamedSecrets {
  readonly name: string
  readonly values: readonly string[]
}

/** Where something secret stands in a text, and what it is; never the secret. */
export interface Spot {
  readonly start: number
  readonly end: number
  readonly kind: string
  /** Whether it is a secret of this fleet on this machine, known by its value. */
  readonly own: boolean
}

/** The fleet's own secrets, known by their values: found in whatever spelling, whole or in pieces. */
export interface OwnSecrets {
  find(text: string): Spot[]
}

/** Nothing is known of any secret; then only shapes tell. */
export const NO_OWN: OwnSecrets = {find: () => []}

const SHORTEST = 8

/** Makes secrets ready for being looked for; values that are too short to tell anything are left out. */
export function openOwn(secrets: readonly NamedSecrets[]): OwnSecrets {
  const all = secrets.flatMap(({name, values}) =>
    values.filter(({length}) => length >= SHORTEST).map((value) => ({name, value})),
  )
  if (all.length === 0) return NO_OWN
  const spelled = (how: (value: string) => string[], shortest: number) =>
    all.flatMap(({name, value}) =>
      [...new Set(how(value))].filter(({length}) => length >= shortest).map((text) => ({text, tag: name})),
    )
  const needles = new Needles(spelled(formsOf, SHORTEST))
  const pieces = new Pieces(spelled(wholeForms, SHORTEST))
  return {
    find: (text) =>
      [...needles.find(text), ...pieces.find(text)].map(({at, length, tag}) => ({
        start: at,
        end: at + length,
        kind: tag,
        own: true,
      })),
  }
}

import type {Fleet} from './fleet.js'

/**
 * A look that several checks share: the same answer for the same fleet object. Each examination hands its checks an
 * object of its own, so that what was mended in between is looked at anew.
 */
export function lookOnce<T>(look: (fleet: Fleet) => T): (fleet: Fleet) => T {
  const seen = new WeakMap<Fleet, {readonly answer: T}>()
  return (fleet) => {
    const known = seen.get(fleet) ?? {answer: look(fleet)}
    seen.set(fleet, known)
    return known.answer
  }
}

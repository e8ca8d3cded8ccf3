/** An event that its state didn't allow: shown, never applied. */
export interface RefusedEvent<E> {
  readonly event: E
  readonly reason: string
}

export interface Folded<S, E> {
  readonly state: S
  readonly applied: readonly E[]
  readonly refused: readonly RefusedEvent<E>[]
}

/**
 * Adds events up in the one order that every machine finds them in: by id, which begins with the time. `step` gives what
 * an event changes, or, as a text, why it may not; an id counts once.
 */
export function foldEvents<S extends object, E extends {readonly id: string}>(
  start: S,
  events: readonly E[],
  step: (state: S, event: E) => Partial<S> | string,
): Folded<S, E> {
  const applied: E[] = []
  const refused: RefusedEvent<E>[] = []
  const seen = new Set<string>()
  let state = start
  for (const event of [...events].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))) {
    const next = seen.has(event.id) ? 'it was said before' : step(state, event)
    seen.add(event.id)
    if (typeof next === 'string') refused.push({event, reason: next})
    else {
      applied.push(event)
      state = {...state, ...next}
    }
  }
  return {state, applied, refused}
}

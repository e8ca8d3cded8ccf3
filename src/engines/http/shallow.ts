/** Deeper than anything that a person, a tool or a schema nests; what walks a value by recursion stays far from its end. */
const DEEPEST = 128

/** Whether a value that came from far away is nested no deeper than what follows can walk through. */
export function isShallow(value: unknown, deepest: number = DEEPEST): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return false
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []))
  }
  return true
}

/** Thrown in place of what is nested too deep. */
export function insistOnShallow<T>(value: T): T {
  if (isShallow(value)) return value
  throw new Error('what came is nested too deep to be an answer')
}

/** The part of a domain that people know it by: "capebank" of mail.capebank.example, "bakery" of bakery.co.za. */
export function labelOf(domain: string): string {
  const parts = domain.split('.')
  if (parts.length < 2) return domain
  const isDouble = parts.length > 2 && /^(?:co|com|org|net|ac|gov|edu|web)$/.test(parts.at(-2) ?? '')
  return parts.at(isDouble ? -3 : -2) ?? domain
}

/** Letters that are taken for one another. */
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/cl/g, 'd'],
  [/[1il|]/g, 'i'],
  [/0/g, 'o'],
  [/5/g, 's'],
  [/3/g, 'e'],
]

/** Whether a name is meant to be taken for another: not the same, but so to a quick eye, or one letter off. */
export function isLookAlike(name: string, other: string): boolean {
  if (name === other || name.length < 5 || other.length < 5) return false
  const [a, b] = [skeleton(name), skeleton(other)]
  return a === b || isOneOff(name, other)
}

function skeleton(name: string): string {
  return ALIKE.reduce((text, [pattern, by]) => text.replace(pattern, by), name)
}

/** One letter more, less, other, or two neighbours swapped. */
function isOneOff(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  const [x, y] = [a.slice(at), b.slice(at)]
  if (x.slice(1) === y.slice(1) || x.slice(1) === y || x === y.slice(1)) return true
  return x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2)
}

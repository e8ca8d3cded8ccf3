/** More alternatives than this and a pattern's braces are taken as they stand. */
const MOST_ALTERNATIVES = 64

/**
 * A test for posix paths: `*` and `?` stay within a part, `**` as a whole part is any number of parts, `{a,b}` is either.
 * Never slower than pattern times path, whatever the pattern: patterns come from files that anybody may have written.
 */
export function compileGlob(pattern: string): (path: string) => boolean {
  const known = compiled.get(pattern)
  if (known) return known
  if (compiled.size >= MOST_COMPILED) compiled.clear()
  const covers = compile(pattern)
  compiled.set(pattern, covers)
  return covers
}

/** A few contracts and guardrails are asked of thousands of paths. */
const compiled = new Map<string, (path: string) => boolean>()
const MOST_COMPILED = 1_000

function compile(pattern: string): (path: string) => boolean {
  const alternatives = expandBraces(pattern.normalize('NFC')).map((text) => text.split('/'))
  return (path) => {
    const parts = path.normalize('NFC').split('/')
    return alternatives.some((alternative) => coversParts(alternative, parts))
  }
}

/** The leading parts of a pattern that hold no wildcard: where a walk may begin. */
export function globBase(pattern: string): string {
  const parts = pattern.split('/')
  const wild = parts.findIndex((part) => /[*?{}]/.test(part))
  return parts.slice(0, wild === -1 ? parts.length - 1 : wild).join('/')
}

function coversParts(pattern: readonly string[], parts: readonly string[]): boolean {
  // Most patterns are of another name, and then nothing has to be tried.
  const [end, last] = [pattern.at(-1) ?? '', parts.at(-1) ?? '']
  if (end !== '**' && !coversPart(end, last)) return false
  // reachable[i]: the pattern so far covers the first i parts.
  let reachable = [true, ...parts.map(() => false)]
  for (const piece of pattern) {
    const next = parts.map(() => false)
    next.unshift(piece === '**' && reachable[0] === true)
    for (let i = 1; i <= parts.length; i++) {
      next[i] =
        piece === '**'
          ? reachable[i] === true || next[i - 1] === true
          : reachable[i - 1] === true && coversPart(piece, parts[i - 1] ?? '')
    }
    reachable = next
  }
  return reachable[parts.length] === true
}

function coversPart(pattern: string, text: string): boolean {
  let p = 0
  let t = 0
  let star = -1
  let resume = 0
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++
      resume = t
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p++
      t++
    } else if (star >= 0) {
      p = star + 1
      t = ++resume
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}

function expandBraces(pattern: string): string[] {
  let open = [pattern]
  const done: string[] = []
  while (open.length > 0) {
    if (open.length + done.length > MOST_ALTERNATIVES) return [pattern]
    const next: string[] = []
    for (const text of open) {
      const found = /\{([^{}]*,[^{}]*)\}/.exec(text)
      if (!found) done.push(text)
      else {
        const tail = text.slice(found.index + found[0].length)
        for (const word of (found[1] ?? '').split(',')) next.push(text.slice(0, found.index) + word + tail)
      }
    }
    open = next
  }
  return done.length > 0 ? done : [pattern]
}

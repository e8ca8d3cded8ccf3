const LONGEST = 48

/** Gives each check of a file an id of its own: the one that was written, or its title in letters and digits of any script. */
export function idGiver(): (wanted: string | null, title: string) => string {
  const taken = new Set<string>()
  const used = new Map<string, number>()
  return (wanted, title) => {
    const base = slug(wanted ?? '') || slug(title) || codePoints(title) || 'check'
    let id = base
    while (taken.has(id)) {
      const number = (used.get(base) ?? 1) + 1
      used.set(base, number)
      id = `${base}-${number}`
    }
    taken.add(id)
    return id
  }
}

function slug(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/^\s*\d{1,2}[.)、]\s*/u, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
  return [...plain]
    .slice(0, LONGEST)
    .join('')
    .replace(/^-+|-+$/g, '')
}

// a heading of emoji alone has no letters, but it is still one and the same heading tomorrow
function codePoints(text: string): string {
  const signs = [...text.replace(/[\s\p{P}]|\ufe0f/gu, '')].slice(0, 4)
  return signs.map((sign) => `u${sign.codePointAt(0)?.toString(16)}`).join('-')
}

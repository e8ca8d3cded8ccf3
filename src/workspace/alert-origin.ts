/** Of an agent that spoke through a program of its own: nobody has seen what it had read, so it may be what another read. */
export const UNKNOWN_ORIGIN = 'not known'

/** The first origin that both have, or may have; null: they have none in common. */
export function sharedOrigin(some: readonly string[], others: readonly string[]): string | null {
  if (some.length === 0 || others.length === 0) return null
  if (some.includes(UNKNOWN_ORIGIN) || others.includes(UNKNOWN_ORIGIN)) return UNKNOWN_ORIGIN
  const known = new Set(others.flatMap(originKeys))
  return some.find((origin) => originKeys(origin).some((key) => known.has(key))) ?? null
}

/**
 * What is compared when two have heard text of the outside: everything of one server is one origin, since whoever made one
 * page of it could make the other.
 */
export function originKeys(origin: string): string[] {
  const hosts = [...origin.matchAll(ADDRESS)].map(([, address = '']) =>
    address.slice(address.lastIndexOf('@') + 1).replace(/[:.;,)]+$/, ''),
  )
  const parts = hosts.length > 0 ? hosts : origin.split('; ')
  return parts.map((part) => part.replace(/\s+/g, ' ').trim().toLowerCase()).filter((part) => part !== '')
}

const ADDRESS = /\bhttps?:\/\/([^\s/?#"'<>]+)/gi

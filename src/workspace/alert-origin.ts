/**
 * What is compared when two have heard text of the outside: everything of one server is one origin, since whoever made one
 * page of it could make the other.
 */
export function originKey(origin: string): string {
  const address = /\bhttps?:\/\/([^\s/?#"'<>]+)/i.exec(origin)?.[1]
  const host = address?.slice(address.lastIndexOf('@') + 1).replace(/[:.]+$/, '')
  return (host ?? origin.replace(/\s+/g, ' ').trim()).toLowerCase()
}

/** The first origin that both have; null: they have none in common. */
export function sharedOrigin(some: readonly string[], others: readonly string[]): string | null {
  const known = new Set(others.map(originKey))
  return some.find((origin) => known.has(originKey(origin))) ?? null
}

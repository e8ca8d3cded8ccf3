/** Where the reading of one folder has come to. */
export interface Place {
  /** A deltaLink, or a nextLink where the reading was cut. */
  readonly link: string
  /** Mails that are known to be new and were not handed on yet, in the order in which they will be. */
  readonly pending: readonly string[]
}

/**
 * A place as the one link that a cursor keeps. What waits stands in its fragment, the part of an address that names a
 * place in a page and that no server ever sees: so no mail is lost that a page had and a reading had no room for.
 */
export function formatPlace({link, pending}: Place): string {
  const [address = ''] = link.split('#', 1)
  return pending.length === 0 ? address : `${address}#${pending.map(encodeURIComponent).join(',')}`
}

export function parsePlace(text: string): Place {
  const at = text.indexOf('#')
  if (at === -1) return {link: text, pending: []}
  const ids = text.slice(at + 1).split(',')
  return {link: text.slice(0, at), pending: ids.filter((id) => id !== '').map(decode)}
}

function decode(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    // Nobody has written this here; the server says that there is no such mail.
    return id
  }
}

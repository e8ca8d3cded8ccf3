/** UIDs in ascending order as IMAP names many at once: 4:6,9. */
export function formatUids(uids: readonly number[]): string {
  const ranges: {first: number; last: number}[] = []
  for (const uid of uids) {
    const range = ranges.at(-1)
    if (range && uid === range.last + 1) range.last = uid
    else ranges.push({first: uid, last: uid})
  }
  return ranges.map(({first, last}) => (first === last ? `${first}` : `${first}:${last}`)).join(',')
}

/** How one mail of a folder is named for as long as the folder isn't numbered anew. */
export function formatKey(uidValidity: string, uid: number): string {
  return `${uidValidity}:${uid}`
}

/** null for what is no such name. */
export function parseKey(key: string): {readonly uidValidity: string; readonly uid: number} | null {
  const [, uidValidity, uid] = /^(\d{1,20}):([1-9]\d{0,9})$/.exec(key) ?? []
  return uidValidity === undefined ? null : {uidValidity, uid: Number(uid)}
}

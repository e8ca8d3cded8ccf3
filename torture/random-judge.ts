import type {Folder} from '../src/kit/folder.js'
import {isTorn, LOCKS, parseTally} from './random-state.js'
import type {Wrongs} from './torture.js'

/** What all the writers of one name have said, over all their lives. */
export type Said = ReadonlyMap<string, readonly string[]>

const LINE = /^(\S+) x{40} end$/

/** What was said to be done has to be there once and whole; what was only begun may be there, once and whole. */
export function judge(home: Folder, said: Said, wrongs: Wrongs): {lines: number; counts: number; messages: number} {
  const all = [...said.values()].flat()
  for (const line of all) if (line.startsWith('wrong')) wrongs.add(line)
  const totals = {lines: 0, counts: 0, messages: 0}
  for (const lock of LOCKS) {
    totals.lines += judgeLog(home, lock, {all, wrongs})
    totals.counts += judgeTally(home, lock, {said, wrongs})
  }
  totals.messages = judgeMessages(home, all, wrongs)
  return totals
}

function judgeLog(home: Folder, lock: string, {all, wrongs}: {all: readonly string[]; wrongs: Wrongs}): number {
  const begun = pick(all, `append ${lock} `)
  const done = pick(all, `appended ${lock} `)
  const found = new Set<string>()
  const text = home.readText(`log-${lock}`, {maxBytes: 2 ** 30}) ?? ''
  for (const line of text.split('\n').slice(0, -1)) {
    const id = LINE.exec(line)?.[1]
    if (!id) wrongs.add(`torn: ${JSON.stringify(line)} in log-${lock}`)
    else if (found.has(id)) wrongs.add(`doubled: ${id} in log-${lock}`)
    else if (!begun.has(id)) wrongs.add(`from nowhere: ${id} in log-${lock}`)
    else found.add(id)
  }
  wrongs.insist(text === '' || text.endsWith('\n'), `torn: the end of log-${lock}`)
  for (const id of done) wrongs.insist(found.has(id), `lost: ${id} in log-${lock}`)
  return found.size
}

function judgeTally(home: Folder, lock: string, {said, wrongs}: {said: Said; wrongs: Wrongs}): number {
  const text = home.readText(`tally-${lock}`)
  if (text === null) return 0
  if (isTorn(text)) {
    wrongs.add(`torn: tally-${lock}: ${text.slice(0, 60)}`)
    return 0
  }
  const tally = parseTally(text)
  const parts = Object.values(tally.by).reduce((sum, part) => sum + part, 0)
  wrongs.insist(tally.sum === parts, `tally-${lock}: ${tally.sum} is not the sum of its parts ${parts}`)
  for (const [name, lines] of said) {
    const counted = Math.max(0, ...[...pick(lines, `counted ${lock} `)].map(Number))
    wrongs.insist((tally.by[name] ?? 0) >= counted, `lost: count ${counted} of ${name} in tally-${lock}`)
    // Each count follows from the one before; a life can end once between doing and saying.
    const lives = lines.filter((line) => line === 'born').length
    const spoken = pick(lines, `counted ${lock} `).size
    const unsaid = (tally.by[name] ?? 0) - spoken
    wrongs.insist(unsaid >= 0 && unsaid <= lives, `doubled: ${unsaid} counts of ${name} that nobody said`)
  }
  return tally.sum
}

function judgeMessages(home: Folder, all: readonly string[], wrongs: Wrongs): number {
  const fresh = new Set(home.list('new').map(({name}) => name))
  const moved = new Set(home.list('cur').map(({name}) => name))
  const removed = pick(all, 'removed ')
  const saidMoved = pick(all, 'moved ')
  const gone = (id: string) => !fresh.has(id) && !moved.has(id)
  for (const id of pick(all, 'made ')) {
    // Between "moved" and "removed" it may have gone already; before "moved" it may not.
    if (!saidMoved.has(id)) wrongs.insist(!gone(id), `lost: message ${id}`)
    else wrongs.insist(!fresh.has(id), `doubled: message ${id} is back`)
    if (removed.has(id)) wrongs.insist(gone(id), `doubled: message ${id} was removed`)
  }
  for (const [folder, ids] of [
    ['new', fresh],
    ['cur', moved],
  ] as const) {
    for (const id of ids) wrongs.insist(home.readText(`${folder}/${id}`) === `${id} end`, `torn: ${folder}/${id}`)
  }
  return removed.size
}

function pick(lines: readonly string[], start: string): Set<string> {
  return new Set(lines.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length)))
}

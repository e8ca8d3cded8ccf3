import type {Clock} from '../../kit/clock.js'
import {newId} from '../../kit/ids.js'

const LONGEST_SLUG = 40

/** The folder of a new task or alert: its id first, so that a listing is in the order of time. */
export function newRecord(clock: Clock, {under, title}: {under: string; title: string}): {id: string; folder: string} {
  const id = newId(clock)
  const slug = title
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_SLUG)
    .replace(/^-+|-+$/g, '')
  return {id, folder: `${under}/${id}${slug === '' ? '' : `-${slug}`}`}
}

/** ISO time to the second, as records have it. */
export function recordTime(clock: Clock): string {
  return new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z')
}

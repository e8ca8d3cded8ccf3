import {isUserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {contentHash} from '../kit/hash.js'
import {type ProcessIdentity, thisProcess} from '../kit/process-identity.js'
import type {Delivery, Page} from './delivery.js'

/**
 * A page's states are folders below `.mcos/outbox/`, and one rename is one step, so that no step is ever half done:
 * pending (recorded, certainly not begun) → started (certainly begun) → sent (never again) or failed (once more).
 * Where a killed beat left a page in two folders, the one further on is right.
 */
export type PageState = 'pending' | 'started' | 'sent' | 'failed'

const FURTHEST_FIRST: readonly PageState[] = ['sent', 'failed', 'started', 'pending']

export interface PageEnd extends Delivery {
  readonly at: string
}

export interface PageRecord {
  readonly page: Page
  /** The channel's name in mcos.yaml. */
  readonly channel: string
  /** Attempts that ended; one that was cut short is not among them. */
  readonly attempts: number
  readonly last: PageEnd | null
  /** Who recorded or last sent it: as long as that process lives, a started page is its business. */
  readonly by: ProcessIdentity
}

export interface FoundPage extends PageRecord {
  readonly state: PageState
}

/** Records a page durably before anything is sent; a key that is known already changes nothing. Tells its state. */
export function recordPage(mcos: Folder, page: Page, channel: string): PageState {
  const known = findPage(mcos, page.key)
  if (known) return known.state
  mcos.write(pagePath('pending', page.key), formatRecord({page, channel, attempts: 0, last: null, by: thisProcess()}))
  return 'pending'
}

export function findPage(mcos: Folder, key: string): FoundPage | null {
  return readPage(mcos, fileName(key))
}

/** Pages in these states, oldest fact first. */
export function listPages(mcos: Folder, states: readonly PageState[] = FURTHEST_FIRST): FoundPage[] {
  const names = new Set(states.flatMap((state) => mcos.list(`outbox/${state}`).map(({name}) => name)))
  const found = [...names].flatMap((name) => readPage(mcos, name) ?? [])
  return found.filter(({state}) => states.includes(state)).sort((a, b) => (a.page.at < b.page.at ? -1 : 1))
}

/** Moves a page on; false when another process was faster. */
export function claimPage(mcos: Folder, key: string, {from, to}: {from: PageState; to: PageState}): boolean {
  try {
    mcos.move(pagePath(from, key), pagePath(to, key))
    return true
  } catch (error) {
    if (isUserError(error) && error.code === 'CONFLICT') return false
    throw error
  }
}

/** Says that this process is sending a started page, for whoever finds it later. */
export function markSender(mcos: Folder, {page, channel, attempts, last}: PageRecord): void {
  mcos.write(pagePath('started', page.key), formatRecord({page, channel, attempts, last, by: thisProcess()}))
}

/** Records how an attempt ended; one whose end nobody saw counts as sent, so that no person is called twice. */
export function settlePage(mcos: Folder, {page, channel, attempts}: PageRecord, last: PageEnd): void {
  const state = last.outcome === 'failed' ? 'failed' : 'sent'
  const record = {page, channel, attempts: attempts + 1, last, by: thisProcess()}
  mcos.write(pagePath(state, page.key), formatRecord(record))
  // Someone may have given this page up as unseen meanwhile; who sent it knows better.
  if (state === 'failed') mcos.remove(pagePath('sent', page.key))
  mcos.remove(pagePath('started', page.key))
  mcos.remove(pagePath('pending', page.key))
}

/** Forgets pages whose fact is older than this and that wait for nothing any more. */
export function prunePages(mcos: Folder, before: string): number {
  const old = listPages(mcos, ['sent', 'failed']).filter(({page}) => page.at < before)
  for (const {state, page} of old) mcos.remove(pagePath(state, page.key))
  return old.length
}

/** Relative to `.mcos/`. */
export function pagePath(state: PageState, key: string): string {
  return `outbox/${state}/${fileName(key)}`
}

function fileName(key: string): string {
  if (/^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/.test(key)) return `${key}.json`
  return `${key.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 60)}-${contentHash(key).slice(7, 23)}.json`
}

function readPage(mcos: Folder, name: string): FoundPage | null {
  for (const state of FURTHEST_FIRST) {
    const text = mcos.readText(`outbox/${state}/${name}`)
    const record = text === null ? null : parsePageRecord(text)
    if (record) return {...record, state}
  }
  return null
}

function formatRecord(record: PageRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`
}

/** null for what is no record of ours: it can't be sent, and a fresh record may take its place. */
export function parsePageRecord(text: string): PageRecord | null {
  try {
    const value = JSON.parse(text) as Partial<PageRecord> | null
    const isRecord = typeof value?.page?.key === 'string' && typeof value.channel === 'string' && value.by
    return isRecord && typeof value.attempts === 'number' ? (value as PageRecord) : null
  } catch {
    // Writes are atomic, so this was edited or damaged by someone else.
    return null
  }
}

import {type Filter, readFilter} from './filter.js'
import type {GraphFolder, GraphMailbox} from './mailbox.js'
import {presentMessage, type Stored, type Wanted} from './message.js'
import type {Query} from './query.js'
import {badRequest, GraphRefusal} from './refusal.js'

/** What a client wants to be told of a folder, for as long as it follows it. */
interface Subscription {
  readonly folder: string
  readonly generation: number
  readonly wanted: Pick<Wanted, 'select' | 'expandsExtended'>
  readonly passes: Filter
  readonly isNewestFirst: boolean
  /** Which kinds of change are told of; absent: all. */
  readonly what?: Row['what']
}

type Row = {readonly message: string; readonly id: string} & (
  | {readonly what: 'whole' | 'gone'}
  | {readonly what: 'changed'; readonly properties: ReadonlySet<string>}
)

interface Round {
  readonly subscription: Subscription
  readonly rows: readonly Row[]
  /** What had happened when it began: the next one tells the rest. */
  readonly seq: number
  emptyPages: number
}

/** A page as JSON, without its context. */
export interface DeltaPage {
  readonly value: readonly object[]
  readonly '@odata.nextLink'?: string
  readonly '@odata.deltaLink'?: string
}

export interface DeltaAsk {
  readonly folder: GraphFolder
  readonly query: Query
  readonly pageSize: number
  readonly shown: Pick<Wanted, 'isImmutable' | 'isText'>
  /** The address without its query. */
  readonly url: string
}

const KINDS: Readonly<Record<string, Row['what']>> = {created: 'whole', updated: 'changed', deleted: 'gone'}

/** How the fake makes following a folder hard, all of it legal. */
export interface DeltaTricks {
  /** Pages without a row before each of the next so many rounds' first. */
  emptyPages: number
  /** So many rounds to come tell again what was told before. */
  replays: number
}

/** Follows one mailbox's folders. Tokens are kept here, and mean nothing to anybody else. */
export class DeltaDesk {
  private readonly rounds: Round[] = []
  private readonly links: {readonly subscription: Subscription; readonly seq: number; readonly told: readonly Row[]}[] =
    []

  constructor(
    private readonly box: GraphMailbox,
    private readonly tricks: DeltaTricks,
  ) {}

  page(ask: DeltaAsk): DeltaPage {
    const {query} = ask
    const skip = query.text('$skiptoken')
    if (skip !== undefined) {
      query.allow('$skiptoken')
      const [round, offset] = skip.split('.').map((part) => Number.parseInt(part.replace(/^s/, ''), 36))
      return this.pageOf(ask, round ?? -1, offset ?? 0)
    }
    const token = query.text('$deltatoken')
    if (token === undefined || token === '') {
      query.allow('$deltatoken', '$select', '$filter', '$orderby', '$top', '$expand', 'changeType')
      return this.pageOf(ask, this.begin(this.subscribe(ask)), 0)
    }
    query.allow('$deltatoken')
    const link = this.links[Number.parseInt(token.replace(/^d/, ''), 36)]
    if (!link) throw badRequest('Badly formed token.')
    return this.pageOf(ask, this.go(ask, link), 0)
  }

  private subscribe({folder, query}: DeltaAsk): Subscription {
    const filter = query.text('$filter')
    const {names, passes} = filter === undefined ? {names: [], passes: () => true} : readFilter(filter)
    if (names.some((name) => name !== 'receivedDateTime') || / (le|lt|eq) /.test(filter ?? ''))
      throw badRequest('The $filter of a delta query is limited to receivedDateTime ge or gt.')
    const order = query.text('$orderby')
    if (order !== undefined && order !== 'receivedDateTime desc')
      throw badRequest('The $orderby of a delta query is limited to receivedDateTime desc.')
    const kind = query.text('changeType')
    const what = kind === undefined ? undefined : KINDS[kind]
    if (kind !== undefined && !what) throw badRequest(`Invalid changeType: ${kind}`)
    const select = query.select()
    return {
      ...(what ? {what} : {}),
      folder: folder.id,
      generation: folder.generation,
      wanted: {...(select ? {select} : {}), ...query.expand()},
      passes,
      isNewestFirst: order !== undefined,
    }
  }

  /** Everything that is there now. */
  private begin(subscription: Subscription): number {
    const found = this.box.in(subscription.folder).filter(subscription.passes)
    const sorted = subscription.isNewestFirst ? found.sort(newestFirst) : found.sort(inNoOrder)
    return this.open(
      subscription,
      sorted.map(({immutableId, id}) => ({message: immutableId, id, what: 'whole'})),
    )
  }

  /** What has happened since a link was given out. */
  private go(ask: DeltaAsk, {subscription, seq, told}: (typeof this.links)[number]): number {
    this.insistOnState(ask, subscription)
    const changes = this.box.changes.filter((one) => one.seq > seq && one.folder === subscription.folder)
    const rows = new Map<string, Row>()
    if (this.tricks.replays > 0) {
      this.tricks.replays--
      for (const row of told) rows.set(row.message, row)
    }
    for (const {message, id, what, properties} of changes) {
      const before = rows.get(message)
      rows.delete(message)
      if (what === 'gone') rows.set(message, {message, id, what})
      else if (what === 'came' || before?.what === 'whole') rows.set(message, {message, id, what: 'whole'})
      else {
        const earlier = before?.what === 'changed' ? [...before.properties] : []
        rows.set(message, {message, id, what: 'changed', properties: new Set([...earlier, ...properties])})
      }
    }
    const isShown = (row: Row): boolean => {
      if (subscription.what !== undefined && row.what !== subscription.what) return false
      const message = this.box.messages.get(row.message)
      return row.what === 'gone' || !message || subscription.passes(message)
    }
    return this.open(subscription, [...rows.values()].filter(isShown))
  }

  private open(subscription: Subscription, rows: readonly Row[]): number {
    const emptyPages = this.tricks.emptyPages
    this.tricks.emptyPages = 0
    return this.rounds.push({subscription, rows, seq: this.box.seq, emptyPages}) - 1
  }

  private pageOf(ask: DeltaAsk, number: number, offset: number): DeltaPage {
    const round = this.rounds[number]
    if (!round) throw badRequest('Badly formed token.')
    this.insistOnState(ask, round.subscription)
    const isEmpty = round.emptyPages > 0
    if (isEmpty) round.emptyPages--
    const size = isEmpty ? 0 : ask.pageSize
    const rows = round.rows.slice(offset, offset + size)
    const value = rows.map((row) => this.present(row, round.subscription, ask.shown))
    const next = offset + size
    if (isEmpty || next < round.rows.length)
      return {value, '@odata.nextLink': `${ask.url}?$skiptoken=s${number.toString(36)}.${next.toString(36)}`}
    const {subscription, seq, rows: told} = round
    const link = this.links.push({subscription, seq, told}) - 1
    return {value, '@odata.deltaLink': `${ask.url}?$deltatoken=d${link.toString(36)}`}
  }

  private present(row: Row, {folder, wanted}: Subscription, shown: DeltaAsk['shown']): object {
    const message = this.box.messages.get(row.message)
    if (row.what === 'gone' || message?.folder !== folder)
      return {id: shown.isImmutable ? row.message : row.id, '@removed': {reason: 'deleted'}}
    const changed = row.what === 'changed' ? {changed: row.properties} : {}
    return {'@odata.type': '#microsoft.graph.message', ...presentMessage(message, {...wanted, ...shown, ...changed})}
  }

  private insistOnState({folder, url}: DeltaAsk, {folder: followed, generation}: Subscription): void {
    if (folder.id !== followed) throw badRequest('The token is of another folder.')
    if (folder.generation === generation) return
    const why = 'The sync state generation is not found; generation does not exist.'
    throw new GraphRefusal(410, 'SyncStateNotFound', why, {location: `${url}?$deltatoken=`})
  }
}

function newestFirst({properties: one}: Stored, {properties: other}: Stored): number {
  return one.receivedDateTime < other.receivedDateTime ? 1 : -1
}

/** Nobody promises an order, so nobody gets one. */
function inNoOrder(one: Stored, other: Stored): number {
  return scramble(one.immutableId) - scramble(other.immutableId)
}

function scramble(text: string): number {
  let sum = 0
  for (const letter of text) sum = (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0
  return Math.imul(sum, 2_654_435_761) >>> 0
}

import type {Answer, Ask, Surroundings} from './exchange.js'
import {type Filter, readFilter} from './filter.js'
import type {GraphFolder, GraphMailbox} from './mailbox.js'
import {presentMessage, type Stored, type Wanted} from './message.js'
import type {Query} from './query.js'
import {badRequest, GraphRefusal} from './refusal.js'

/** One question, taken apart. */
export interface Place {
  readonly box: GraphMailbox
  readonly ask: Ask
  readonly around: Surroundings
  readonly query: Query
  readonly wanted: Pick<Wanted, 'isImmutable' | 'isText'>
}

/** The rows of a list of mails, a page of them. */
export function listMessages({ask, query, wanted}: Place, messages: readonly Stored[]): Answer {
  if (ask.method !== 'GET') throw new GraphRefusal(405, 'BadRequest', 'The HTTP method is not allowed here.')
  query.allow('$select', '$top', '$skip', '$filter', '$orderby', '$expand', '$count')
  const text = query.text('$filter')
  const filter = text === undefined ? null : readFilter(text)
  const [by = 'receivedDateTime', order = 'desc'] = (query.text('$orderby') ?? 'receivedDateTime desc').split(' ')
  if (!['receivedDateTime', 'sentDateTime'].includes(by)) throw badRequest(`Can't order by ${by}.`)
  if (filter && query.text('$orderby') !== undefined && filter.names[0] !== by)
    throw new GraphRefusal(400, 'InefficientFilter', 'The restriction or sort order is too complex for this operation.')
  const select = query.select()
  const shown = {...wanted, ...(select ? {select} : {}), ...query.expand()}
  const passes: Filter = filter?.passes ?? (() => true)
  const sign = order === 'desc' ? -1 : 1
  const key = ({properties}: Stored): string => properties[by === 'sentDateTime' ? by : 'receivedDateTime']
  const found = messages.filter(passes).sort((one, other) => (key(one) < key(other) ? -sign : sign))
  return get(ask, {
    body: page(
      {ask, query},
      found.map((one) => presentMessage(one, shown)),
      1000,
    ),
  })
}

/** The folders below one; null: those at the top. */
export function listFolders({box, ask, query}: Place, parent: string | null): Answer {
  query.allow('$top', '$skip', '$select', '$filter', 'includeHiddenFolders', '$count')
  const wanted = /^displayName eq '((?:[^']|'')*)'$/.exec(query.text('$filter') ?? '')?.[1]?.replaceAll("''", "'")
  if (query.text('$filter') !== undefined && wanted === undefined) throw badRequest('Invalid filter clause.')
  const found = [...box.folders.values()].filter((one) => one.parent === parent)
  const named = found.filter(({displayName}) => wanted === undefined || displayName === wanted)
  return get(ask, {
    body: page(
      {ask, query},
      named.map((one) => presentFolder(box, one)),
      250,
    ),
  })
}

/** Ten rows where nobody says how many, as the real server does. */
function page({ask, query}: Pick<Place, 'ask' | 'query'>, rows: readonly object[], most: number): object {
  const [top, skip] = [query.number('$top') ?? 10, query.number('$skip') ?? 0]
  if (top < 1 || top > most) throw badRequest(`Invalid value '${top}' for $top query option.`)
  const more = new URLSearchParams(ask.query)
  more.set('$skip', String(skip + top))
  const next = `${ask.root}${ask.path}?${more.toString().replaceAll('%24', '$')}`
  return {value: rows.slice(skip, skip + top), ...(skip + top < rows.length ? {'@odata.nextLink': next} : {})}
}

/** A folder as JSON. */
export function presentFolder(box: GraphMailbox, {id, displayName, parent}: GraphFolder): object {
  const mails = box.in(id)
  return {
    id,
    displayName,
    parentFolderId: parent ?? 'AQMkAFroot=',
    childFolderCount: [...box.folders.values()].filter((one) => one.parent === id).length,
    totalItemCount: mails.length,
    unreadItemCount: mails.filter(({properties}) => !properties.isRead).length,
    isHidden: false,
  }
}

/** An answer to GET alone. */
export function get({method}: Ask, answer: Omit<Answer, 'status'>): Answer {
  if (method !== 'GET') throw new GraphRefusal(405, 'BadRequest', 'The HTTP method is not allowed here.')
  return {status: 200, ...answer}
}

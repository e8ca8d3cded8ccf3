import type {DeltaPage} from './delta.js'
import {addDraft, createReply, type Fields, isFields, patch} from './drafts.js'
import type {Answer, Ask, Surroundings} from './exchange.js'
import {get, listFolders, listMessages, type Place, presentFolder} from './list.js'
import type {GraphFolder, GraphMailbox} from './mailbox.js'
import {presentAttachment, presentMessage, type Stored, type Wanted} from './message.js'
import {Query} from './query.js'
import {badRequest, GraphRefusal, notFound, unknownPath} from './refusal.js'
import type {Holder} from './token-book.js'

const SENDS: readonly string[] = ['send', 'reply', 'replyAll', 'forward']

/** Answers what is asked below `/me` or `/users/{id}`; throws GraphRefusal for all but 2xx. */
export function answerMailbox(box: GraphMailbox, parts: readonly string[], ask: Ask, around: Surroundings): Answer {
  if (ask.method !== 'GET') insistOnScope(around.holder)
  const [first, ...rest] = parts
  const place: Place = {box, ask, around, query: new Query(ask.query), wanted: wantedIn(ask)}
  switch (first) {
    case undefined:
      return get(ask, {
        body: {id: `oid-${box.user}`, displayName: box.user, mail: box.user, userPrincipalName: box.user},
      })
    case 'mailFolders':
      return answerFolders(place, rest)
    case 'messages':
      return answerMessages(place, rest)
    case 'sendMail':
      around.sent(ask.path)
      return {status: 202}
    default:
      throw unknownPath(first)
  }
}

function answerFolders(place: Place, [name, ...rest]: readonly string[]): Answer {
  const {box, ask, query} = place
  if (name === undefined && ask.method === 'POST') {
    const displayName = fieldsOf(ask)['displayName']
    if (typeof displayName !== 'string' || displayName === '') throw badRequest('displayName is missing.')
    return {status: 201, body: presentFolder(box, box.addFolder(displayName))}
  }
  if (name === undefined) return listFolders(place, null)
  const folder = box.folder(name)
  switch (rest.join('/')) {
    case '':
      query.allow('$select')
      return get(ask, {body: presentFolder(box, folder)})
    case 'childFolders':
      return listFolders(place, folder.id)
    case 'messages':
      if (ask.method === 'GET') return listMessages(place, box.in(folder.id))
      return {status: 201, body: presentMessage(addDraft(box, fieldsOf(ask)), place.wanted)}
    case 'messages/delta':
    case 'messages/delta()':
    case 'messages/microsoft.graph.delta()':
      return get(ask, {body: deltaOf(place, folder)})
    default:
      throw unknownPath(rest.at(-1) ?? '')
  }
}

function deltaOf(place: Place, folder: GraphFolder): DeltaPage & {'@odata.context': string} {
  const {ask, query, around, wanted} = place
  const preferred = /odata\.maxpagesize=(\d+)/i.exec(ask.headers['prefer'] ?? '')?.[1]
  const pageSize = Math.min(Number(preferred ?? query.number('$top') ?? 10), 1000)
  const page = around.delta.page({folder, query, pageSize, shown: wanted, url: `${ask.root}${ask.path}`})
  return {'@odata.context': `${ask.root}/$metadata#Collection(message)`, ...page}
}

function answerMessages(place: Place, [id, verb, ...rest]: readonly string[]): Answer {
  const {box, ask, query, wanted} = place
  if (id === undefined && ask.method === 'POST')
    return {status: 201, body: presentMessage(addDraft(box, fieldsOf(ask)), wanted)}
  if (id === undefined) return listMessages(place, [...box.messages.values()])
  const message = box.message(id)
  if (verb === undefined) return answerMessage(place, message)
  if (ask.method === 'GET') {
    if (verb === '$value') return {status: 200, headers: {'content-type': 'text/plain'}, body: message.raw}
    if (verb === 'attachments') return answerAttachments(message, query, rest)
    throw unknownPath(verb)
  }
  if (ask.method !== 'POST') throw new GraphRefusal(405, 'BadRequest', 'The HTTP method is not allowed here.')
  if (SENDS.includes(verb)) {
    place.around.sent(ask.path)
    return {status: 202}
  }
  switch (verb) {
    case 'move': {
      const to = fieldsOf(ask)['destinationId']
      if (typeof to !== 'string') throw badRequest('destinationId is missing.')
      box.move(message, box.folder(to).id)
      return {status: 201, body: presentMessage(message, wanted)}
    }
    case 'createReply':
    case 'createReplyAll': {
      const fields = ask.body === null ? {} : fieldsOf(ask)
      return {status: 201, body: presentMessage(createReply(box, message, fields, verb === 'createReplyAll'), wanted)}
    }
    default:
      throw unknownPath(verb)
  }
}

function answerMessage({box, ask, query, wanted}: Place, message: Stored): Answer {
  switch (ask.method) {
    case 'GET': {
      query.allow('$select', '$expand')
      const select = query.select()
      return {status: 200, body: presentMessage(message, {...wanted, ...(select ? {select} : {}), ...query.expand()})}
    }
    case 'PATCH': {
      const ifMatch = ask.headers['if-match']
      patch(box, message, {fields: fieldsOf(ask), ...(ifMatch === undefined ? {} : {ifMatch})})
      return {status: 200, body: presentMessage(message, wanted)}
    }
    case 'DELETE':
      box.deletions++
      box.remove(message)
      return {status: 204}
    default:
      throw new GraphRefusal(405, 'BadRequest', 'The HTTP method is not allowed here.')
  }
}

function answerAttachments(message: Stored, query: Query, [id, verb]: readonly string[]): Answer {
  query.allow('$select')
  if (id === undefined) {
    const select = query.text('$select')?.split(',')
    const shown = message.attachments.map(presentAttachment)
    if (!select) return {status: 200, body: {value: shown}}
    const names = ['@odata.type', 'id', ...select]
    return {
      status: 200,
      body: {
        value: shown.map((one) => Object.fromEntries(Object.entries(one).filter(([name]) => names.includes(name)))),
      },
    }
  }
  const found = message.attachments.find((one) => one.id === id)
  if (!found) throw notFound()
  return {status: 200, body: verb === '$value' ? found.content : presentAttachment(found)}
}

function wantedIn({headers}: Ask): Pick<Wanted, 'isImmutable' | 'isText'> {
  const prefer = headers['prefer'] ?? ''
  return {
    isImmutable: /IdType="ImmutableId"/i.test(prefer),
    isText: /outlook\.body-content-type="text"/i.test(prefer),
  }
}

function fieldsOf({body}: Ask): Fields {
  if (!isFields(body)) throw badRequest('Unable to read JSON request payload.')
  return body
}

function insistOnScope({scopes}: Holder): void {
  if (scopes.some((scope) => /(^|\/)(Mail\.ReadWrite(\.Shared)?|\.default)$/.test(scope))) return
  throw new GraphRefusal(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.')
}

import {expect, test} from 'vitest'
import type {IncomingMessage, NewsItem} from './news.js'
import {rulesEngine} from './rules.js'

const message: IncomingMessage = {
  id: '01JD',
  from: 'ada',
  subject: 'The bank is down',
  body: 'All of it.',
  priority: 'urgent',
  trace: [],
  trusted: true,
  taint: null,
  expired: false,
  why: null,
}

async function callsFor(change: Partial<IncomingMessage>, reportsTo: string | null = 'jarvis') {
  const news: NewsItem[] = [{kind: 'message', check: 'mail', message: {...message, ...change}}]
  const request = {
    agent: 'donna',
    turn: 't_1',
    reportsTo,
    news,
    questions: [],
    limitUsd: null,
    session: null,
    prompt: () => Promise.reject(new Error('the rules read no text')),
    workFolder: () => Promise.reject(new Error('the rules run nothing')),
  }
  const reply = await rulesEngine.reply(request, {signal: new AbortController().signal, onEvent: () => undefined})
  if (reply.kind !== 'answer') throw new Error('the rules always answer')
  expect(reply).toMatchObject({answered: [], text: '', usage: null})
  return reply.calls.map(({tool, input}) => [tool, ...Object.values(input)].join(' '))
}

test.each<[string, Partial<IncomingMessage>, string]>([
  ['is relayed when it is urgent', {}, 'message_relay 01JD jarvis'],
  ['is read when it is not', {priority: 'high'}, 'message_read 01JD'],
  ['is read when its time has passed', {expired: true}, 'message_read 01JD'],
  ['is read when it comes from whom it would go to', {from: 'jarvis'}, 'message_read 01JD'],
  ['is read when it has been there', {trace: ['ada', 'jarvis']}, 'message_read 01JD'],
  ['is put aside when nobody knows whose it is, urgent or not', {trusted: false}, 'message_quarantine 01JD'],
])('a message %s', async (_, change, call) => {
  expect(await callsFor(change)).toEqual([call])
})

test('an agent at the top of the fleet relays to nobody', async () => {
  expect(await callsFor({}, null)).toEqual(['message_read 01JD'])
})

import {isFields} from './drafts.js'
import type {Answer, Ask} from './exchange.js'
import {badRequest} from './refusal.js'

const MOST = 20

/** Answers `$batch`: each question by itself, so one that is throttled says so in its own row, and the rows come in no order. */
export async function answerBatch(outer: Ask, answer: (ask: Ask) => Promise<Answer>): Promise<object> {
  const questions = isFields(outer.body) ? outer.body['requests'] : undefined
  if (outer.method !== 'POST' || !Array.isArray(questions)) throw badRequest('Invalid batch payload format.')
  if (questions.length > MOST) throw badRequest(`Number of batch request steps exceeds the maximum value of ${MOST}.`)
  const asks = questions.map((one: unknown) => readQuestion(one, outer))
  if (new Set(asks.map(({id}) => id)).size < asks.length) throw badRequest('Request id must be unique in a batch.')
  const responses: object[] = []
  for (const {id, ask} of asks) {
    const {status, headers, body} = await answer(ask)
    const isJson = body !== undefined && !Buffer.isBuffer(body)
    responses.unshift({
      id,
      status,
      headers: {'Content-Type': isJson ? 'application/json' : 'text/plain', ...capitals(headers)},
      ...(body === undefined ? {} : {body: Buffer.isBuffer(body) ? body.toString('base64') : body}),
    })
  }
  return {responses}
}

function readQuestion(value: unknown, outer: Ask): {id: string; ask: Ask} {
  const {id, method, url, headers = {}, body = null, dependsOn, ...rest} = isFields(value) ? value : {}
  if (typeof id !== 'string' || typeof method !== 'string' || typeof url !== 'string' || !url.startsWith('/'))
    throw badRequest('A batch request step needs id, method and a relative url.')
  if (dependsOn !== undefined || Object.keys(rest).length > 0 || !isFields(headers))
    throw badRequest('This server knows no such member of a batch request step.')
  if (body !== null && !Object.keys(headers).some((name) => name.toLowerCase() === 'content-type'))
    throw badRequest('The Content-Type header is missing in a batch request step with a body.')
  const [path = '', query = ''] = url.split(/\?(.*)/s)
  const lower = Object.fromEntries(Object.entries(headers).map(([name, one]) => [name.toLowerCase(), String(one)]))
  return {id, ask: {method, path, query, headers: lower, body, root: outer.root}}
}

/** Headers within a batch are written as people write them. */
function capitals(headers: Answer['headers'] = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.replace(/(^|-)\w/g, (letter) => letter.toUpperCase()), value]),
  )
}

import type {ServerResponse} from 'node:http'
import {setTimeout as sleep} from 'node:timers/promises'
import type {Problem, ScriptedAnswer} from './behaviour.js'

/** How a stream goes out: its events, and what this wire sends between them. */
export interface Stream {
  readonly events: readonly string[]
  readonly ping: string
  errorText(problem: Problem): string
}

/** Sends an answer whole, or piece by piece with the accidents that its script wants; ends early when the caller has gone. */
export async function sendAnswer(
  response: ServerResponse,
  answer: ScriptedAnswer,
  stream: Stream | {readonly body: unknown},
): Promise<void> {
  if (answer.delayMs) await sleep(answer.delayMs)
  if ('body' in stream) {
    response.writeHead(200, {'content-type': 'application/json', ...answer.headers})
    response.end(JSON.stringify(stream.body))
    return
  }
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    ...answer.headers,
  })
  response.flushHeaders()
  const {accident, pings = 0} = answer
  const events = [...Array<string>(pings).fill(stream.ping), ...stream.events]
  const until = accident ? accident.afterEvents : events.length
  for (const text of events.slice(0, until)) {
    if (!(await write(response, text, answer))) return
  }
  if (!accident) response.end()
  else if (accident.what === 'end') response.end()
  else if (accident.what === 'cut') await cut(response)
  else if (accident.what !== 'stall') response.end(stream.errorText(accident.what))
}

async function write(response: ServerResponse, text: string, {bytes, pauseMs}: ScriptedAnswer): Promise<boolean> {
  const all = Buffer.from(text)
  const size = bytes ?? all.length
  for (let at = 0; at < all.length; at += size) {
    if (response.destroyed) return false
    response.write(all.subarray(at, at + size))
    if (pauseMs !== undefined) await sleep(pauseMs)
    // Without a breath in between the pieces would arrive as one.
    else if (bytes !== undefined) await new Promise((done) => setImmediate(done))
  }
  return !response.destroyed
}

/** What was written has to be on its way before the connection goes, or the far end sees nothing of it. */
async function cut(response: ServerResponse): Promise<void> {
  await sleep(20)
  response.socket?.resetAndDestroy()
}

import {HttpFailure} from './http-failure.js'
import type {Watch} from './watch.js'

/** As much of an error's body as anybody will read. */
const MOST_OF_AN_ERROR = 64 * 1024

/**
 * `fetch` under a watch: every byte that comes in is noticed, and what is no success is thrown as an `HttpFailure`. It
 * follows no redirect, which would carry the key to whoever is named there.
 */
export async function wireFetch(url: string, init: RequestInit, watch: Watch): Promise<Response> {
  const response = await fetch(url, {...init, redirect: 'manual', signal: watch.signal})
  watch.touch(0)
  if (response.ok) return response
  throw new HttpFailure(response.status, response.headers, await beginningOf(response, watch))
}

/** The bytes of an answer as they come. */
export async function* bytesOf(response: Response, watch: Watch): AsyncGenerator<Uint8Array, void, undefined> {
  if (!response.body) return
  for await (const chunk of response.body) {
    watch.touch(chunk.byteLength)
    yield chunk
  }
}

/** An error's status is known before its body: one that breaks off or never ends tells what it has told. */
async function beginningOf(response: Response, watch: Watch): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of bytesOf(response, watch)) {
      chunks.push(chunk)
      size += chunk.byteLength
      if (size >= MOST_OF_AN_ERROR) break
    }
  } catch (error) {
    if (watch.broken()?.reason === 'interrupted') throw error
  }
  return Buffer.concat(chunks).toString('utf8')
}

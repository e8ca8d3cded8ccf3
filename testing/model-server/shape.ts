import {refuse} from './problem.js'

export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function fieldsAt(value: unknown, place: string): Fields {
  return isFields(value) ? value : refuse(400, `${place}: Input should be a valid dictionary`)
}

export function listAt(value: unknown, place: string): readonly unknown[] {
  return Array.isArray(value) ? value : refuse(400, `${place}: Input should be a valid list`)
}

export function textAt(value: unknown, place: string): string {
  if (value === undefined) refuse(400, `${place}: Field required`)
  return typeof value === 'string' ? value : refuse(400, `${place}: Input should be a valid string`)
}

/** Refuses every field that the real API doesn't know, as it does. */
export function onlyFields(value: Fields, known: readonly string[], place = ''): void {
  const stranger = Object.keys(value).find((key) => !known.includes(key))
  if (stranger) refuse(400, `${place ? `${place}.` : ''}${stranger}: Extra inputs are not permitted`)
}

/** The same text for the same value, whatever the order of its keys; marks for the cache don't count. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (!isFields(value)) return JSON.stringify(value) ?? 'null'
  const keys = Object.keys(value)
    .filter((key) => key !== 'cache_control')
    .sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`
}

/** This server's tokenizer: four bytes a token and two for each block's frame, the same on every day. */
export function countTokens(value: unknown): number {
  return Math.ceil(Buffer.byteLength(typeof value === 'string' ? value : canonical(value)) / 4) + 2
}

/** Cuts a text into pieces of at most so many letters, never inside one. */
export function pieces(text: string, letters: number): string[] {
  const all = [...text]
  const found: string[] = []
  for (let at = 0; at < all.length; at += letters) found.push(all.slice(at, at + letters).join(''))
  return found
}

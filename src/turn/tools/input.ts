import {BadCall} from '../bad-call.js'

type Input = Readonly<Record<string, unknown>>

/** A number from 1 upwards; null when it is left out. */
export function wholeNumberOf(input: Input, key: string): number | null {
  const value = input[key]
  if (value === undefined || value === null || value === '') return null
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value
  if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 1) return number
  throw new BadCall(`"${key}" has to be a whole number from 1 upwards`)
}

/** A text that may be empty, and has to be given. */
export function anyTextOf(input: Input, key: string): string {
  const value = input[key]
  if (typeof value === 'string') return value
  throw new BadCall(`"${key}" has to be a text`)
}

/** One of some words; null when it is left out. */
export function oneOf<Word extends string>(input: Input, key: string, words: readonly Word[]): Word | null {
  const value = input[key]
  if (value === undefined || value === null || value === '') return null
  const found = words.find((word) => word === value)
  if (found !== undefined) return found
  throw new BadCall(`"${key}" has to be one of ${words.join(', ')}`)
}

/** A list of texts; a single one is a list of one, and nothing is an empty list. */
export function textsOf(input: Input, key: string): string[] {
  const value = input[key]
  if (value === undefined || value === null || value === '') return []
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  const texts = list.filter((item): item is string => typeof item === 'string' && item.trim() !== '')
  if (texts.length === list.length) return texts
  throw new BadCall(`"${key}" has to be a list of texts`)
}

import {isRecord} from '../../kit/is-record.js'

/** One value of a call's arguments, under its innermost key. */
export interface Leaf {
  readonly key: string
  readonly value: string
}

const MOST_LEAVES = 40

/** The texts and numbers in a call's arguments or a short result; what is no JSON is one text. */
export function leavesOf(text: string): Leaf[] {
  const leaves: Leaf[] = []
  const walk = (value: unknown, key: string): void => {
    if (leaves.length >= MOST_LEAVES) return
    if (Array.isArray(value)) for (const item of value) walk(item, key)
    else if (isRecord(value)) for (const [name, item] of Object.entries(value)) walk(item, name)
    else if (typeof value === 'string' || typeof value === 'number') leaves.push({key, value: String(value)})
  }
  walk(readJson(text), '')
  return leaves
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Arguments that were cut off, or plain words: taken as they are.
    return text
  }
}

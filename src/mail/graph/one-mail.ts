import {isGone} from './graph-trouble.js'

/** What Graph answers for a mail that was deleted for good. */
export async function unlessGone<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (isGone(error)) return null
    throw error
  }
}

/** The address of one mail below the mailbox. */
export function mailPath(id: string): string {
  return `/messages/${encodeURIComponent(id)}`
}

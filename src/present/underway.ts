import {cleanLine} from '../kit/text.js'

/** Shorter than that nobody wonders what it is doing. */
const QUIET_MS = 1000

/** What is under way at the moment, and since when. */
export class Underway {
  private readonly works = new Map<string, {readonly words: string; readonly since: number}>()

  /** `key` names who it is; what the same one was at before is over. */
  begin(key: string, words: string, now: number): void {
    this.works.set(key, {words: cleanLine(words), since: now})
  }

  end(key: string): void {
    this.works.delete(key)
  }

  clear(): void {
    this.works.clear()
  }

  /** All that has lasted over a second, the longest first, in one line; null when there is nothing. */
  tell(now: number): string | null {
    const lasting = [...this.works.values()]
      .filter(({since}) => now - since >= QUIET_MS)
      .sort((one, other) => one.since - other.since)
    if (lasting.length === 0) return null
    return lasting.map(({words, since}) => `${words} … ${took(now - since)}`).join(' · ')
  }
}

function took(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

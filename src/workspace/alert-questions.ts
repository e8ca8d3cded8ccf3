import type {AlertLevel} from './soul.js'

const MINUTE_MS = 60_000

/** What becomes of a question that nobody answers: after how long it goes on, and to whom. The alert itself never rises by it. */
export interface QuestionRule {
  readonly afterMs: number
  /** `up`: to the agents who confirm the next level above; `people`: as a page. */
  readonly goes: 'up' | 'people'
}

/** P3 needs nobody, so nobody is asked. */
export const QUESTION_RULES: Readonly<Record<Exclude<AlertLevel, 'P3'>, QuestionRule>> = {
  P2: {afterMs: 240 * MINUTE_MS, goes: 'up'},
  P1: {afterMs: 60 * MINUTE_MS, goes: 'people'},
  P0: {afterMs: 15 * MINUTE_MS, goes: 'people'},
}

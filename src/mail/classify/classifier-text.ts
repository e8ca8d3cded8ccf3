import type {Judged} from './judged.js'

/** What a model is asked: `prefix` never changes, so that it can be cached; `ask` holds the mails as data. */
export interface ClassifierText {
  readonly prefix: string
  readonly ask: string
}

/** The question to a model about several mails at once. */
export function classifierText(_mails: readonly Judged[]): ClassifierText {
  return {prefix: '', ask: ''}
}

import type {Choice} from './choice.js'

/** A model's answers for `count` mails in their order; null for each that isn't exactly one answer of the closed set. */
export function readChoices(_reply: string, count: number): (Choice | null)[] {
  return Array.from({length: count}, () => null)
}

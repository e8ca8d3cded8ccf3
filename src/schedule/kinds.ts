import type {CheckKind} from './check.js'
import {ACT_STARTS, POLICY_NOUNS, POLICY_STARTS, STATUS_NAMES} from './kind-words.js'
import {anyOf, fold} from './words.js'

const ACTS = new RegExp(`^(?:${anyOf(ACT_STARTS)})`, 'u')
const IS_POLICY = new RegExp(`^(?:${anyOf(POLICY_STARTS)})|(?:${anyOf(POLICY_NOUNS)})$`, 'u')
const IS_STATUS = new RegExp(`^(?:${anyOf(STATUS_NAMES)})$`, 'u')
const DATED = /^(?:\d{4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?|\d{1,2}[./]\d{1,2}[./]\d{2,4})(?!\d)/
// more words than this are a sentence that only happens to end in "rules"
const MOST_WORDS = 6

/** What a section is by the words of its heading; a word that isn't known makes it a check. */
export function kindOf(title: string): CheckKind {
  const plain = plainTitle(title)
  if (plain === '') return 'check'
  if (DATED.test(plain) || IS_STATUS.test(plain)) return 'status'
  if (ACTS.test(plain) || plain.split(' ').length > MOST_WORDS) return 'check'
  return IS_POLICY.test(plain) ? 'policy' : 'check'
}

/** Words only: brackets, emoji, numbering and what follows a dash or colon don't decide. */
function plainTitle(title: string): string {
  return fold(title)
    .replace(/[([{（【].*?[)\]}）】]/gu, ' ')
    .replace(/(?<=[\p{L}\p{N}]{2,})\s*(?:[:：|→].*|\s-\s.*)$/u, '')
    .replace(/^\s*(?:\d{1,2}[.)、]|[一二三四五六七八九十]+[、.])\s*/u, '')
    .replace(/[^\p{L}\p{N}_/.-]+/gu, ' ')
    .trim()
}

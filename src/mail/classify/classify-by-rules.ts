import {judgeWords} from './evidence/judge-words.js'
import type {Judged} from './judged.js'
import type {RuleVerdict} from './rule-verdict.js'
import type {Rulebook} from './rulebook.js'
import {applyRules} from './rules/apply-rules.js'

/** What a mail is by signals and words alone and by the operator's rules; pure, the same for the same mail. */
export function classifyByRules(mail: Judged, rulebook: Rulebook): RuleVerdict {
  return applyRules(judgeWords(mail), mail, rulebook)
}

import type {CheckAnswer} from '../app/guard-check.js'
import {cleanLine} from '../kit/text.js'

/** The answer, and the line that a person would have to change for another one. */
export function presentGuardCheck({effect, rule, file, line, reason}: CheckAnswer): string {
  const place = file === null ? [] : [`${file}${line === null ? '' : `:${line}`}`]
  const cause = [...(rule === null ? [] : [cleanLine(rule)]), ...place].join('  ')
  return [`${effect}: ${cleanLine(reason)}`, ...(cause === '' ? [] : [`  ${cause}`])].join('\n')
}

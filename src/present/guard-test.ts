import type {GuardTestReport} from '../app/guard-test.js'
import {count} from '../workspace/health.js'

/** What is wrong first, then what was looked at. */
export function presentGuardTest({files, examples, failed}: GuardTestReport): string {
  if (files.length === 0)
    return 'There are no guardrails: mcos init fleet copies the shipped ones, docs/guardrails.md tells how to write one.'
  const advice = files.filter(({kind}) => kind === 'advice').map(({file}) => file)
  const rules = files.filter(({kind}) => kind === 'rule').length
  return [
    ...files.flatMap(({problems}) => problems.map((problem) => `FAIL  ${problem}`)),
    `${count(rules, 'rule')}, ${count(examples, 'example')}: ${failed === 0 ? 'all as they say' : count(failed, 'problem')}.`,
    ...(advice.length > 0 ? [`Advice only, enforced by nobody: ${advice.join(', ')}`] : []),
  ].join('\n')
}

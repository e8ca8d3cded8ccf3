import type {ContractWord, GuardListReport} from '../app/guard-list.js'
import {formatPlace} from '../kit/errors.js'
import {cleanLine} from '../kit/text.js'
import {count} from '../workspace/health.js'
import {formatTable} from './table.js'

/** The enforced rules, what is only advice, and one agent's contract. */
export function presentGuardList({agent, trouble, rules, advice, contract}: GuardListReport): string {
  const rows = rules.map(({id, effect, verbs, file, line}) => [
    effect,
    id,
    shorten(verbs.join(' ')),
    formatPlace({file, line}),
  ])
  const prose = advice.filter(({entries}) => entries > 0)
  return [
    ...(trouble === null ? [] : [`Everything is denied: ${cleanLine(trouble)}`]),
    ...(rows.length === 0 && trouble !== null ? [] : [presentRules(rows)]),
    ...(prose.length === 0 ? [] : [`Advice only\n${prose.map(presentAdvice).join('\n')}`]),
    ...(agent === null ? [] : [`The contract of ${agent}\n${presentContract(contract, trouble)}`]),
  ].join('\n\n')
}

const HEAD = ['effect', 'rule', 'verbs', 'file']
const WIDEST = 40

function presentRules(rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? 'No rule is enforced.' : `Enforced for every agent\n${formatTable(HEAD, rows)}`
}

function presentAdvice({file, entries}: GuardListReport['advice'][number]): string {
  return `  ${cleanLine(file)}: ${count(entries, 'entry', 'entries')}`
}

function presentContract(words: readonly ContractWord[] | null, trouble: string | null): string {
  if (words === null) return `  Nothing is open, because it can't be read: ${cleanLine(trouble ?? 'nobody knows why')}`
  if (words.length === 0) return '  It opens nothing.'
  return formatTable(
    ['key', 'word', 'file'],
    words.map(({key, word, file, line}) => [
      key,
      word,
      file === null || line === null ? 'every agent has it' : formatPlace({file, line}),
    ]),
  )
}

function shorten(text: string): string {
  return text.length <= WIDEST ? text : `${text.slice(0, WIDEST - 1)}…`
}

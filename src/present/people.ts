import type {PeopleList, PersonRow} from '../app/people.js'
import {cleanLine} from '../kit/text.js'
import {formatTable} from './table.js'

/** Who may say yes to what, how they are reached, and whose passphrase this machine knows. */
export function presentPeople({people}: PeopleList): string {
  if (people.length === 0) return 'mcos.yaml names no people, so nobody can approve anything.'
  const rows = people.map(({name, approves, via, passphrase_since: since, known}) => [
    name,
    known ? approves.join(', ') || 'nothing' : 'nothing: not in mcos.yaml',
    via.join(', '),
    since === null ? 'no' : `since ${since.slice(0, 10)}`,
  ])
  return formatTable(['name', 'approves', 'via', 'passphrase'], rows)
}

/** What was set up, and what is missing for it to count. */
export function presentSetUp({name, approves, known}: PersonRow): string {
  const done = cleanLine(`This machine knows a passphrase of ${name} now.`)
  if (known && approves.length > 0) return `${done} With it: mcos approve yes ID, for ${approves.join(', ')}.`
  return `${done}\nmcos.yaml does not let ${name} approve anything yet: people: { ${name}: { approves: [all], via: [terminal] } }, then: mcos commit mcos.yaml`
}

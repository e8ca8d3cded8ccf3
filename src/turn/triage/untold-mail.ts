import type {MailNews} from '../../engines/news.js'
import type {LocalWrite} from '../../history/change-set.js'
import type {Folder} from '../../kit/folder.js'
import {isRecord} from '../../kit/is-record.js'
import type {MailSeen} from '../../mail/ledger/record.js'
import type {ToldReport} from '../../mail/report.js'

/** What is news of a mail before a check has asked for it. */
export type UntoldMail = Omit<MailNews, 'check'>

/** A model need not hear of more than these; the page has all of them. */
const MOST = 40

/** Mail that a model has to hear of at its next turn, however many beats or quiet hours lie between. */
export function readUntoldMail(mcos: Folder, agent: string): UntoldMail[] {
  const text = mcos.readText(pathOf(agent))
  if (text === null) return []
  const data = parseJson(text)
  return Array.isArray(data) ? data.filter(isUntold) : []
}

/** The file with these added; it is written with the commit that records them. */
export function planUntoldMail(mcos: Folder, agent: string, added: readonly UntoldMail[]): LocalWrite[] {
  if (added.length === 0) return []
  const kept = readUntoldMail(mcos, agent).filter(({id}) => !added.some((one) => one.id === id))
  return [{path: pathOf(agent), content: `${JSON.stringify([...kept, ...added].slice(-MOST))}\n`}]
}

/** A model has heard of these. */
export function forgetUntoldMail(mcos: Folder, agent: string, ids: ReadonlySet<string>): void {
  const left = readUntoldMail(mcos, agent).filter(({id}) => !ids.has(id))
  if (left.length === 0) mcos.remove(pathOf(agent))
  else mcos.write(pathOf(agent), `${JSON.stringify(left)}\n`)
}

/** A recorded mail as news. */
export function newsOf(
  {id, account, from, subject, class: kind, urgency, reason}: MailSeen,
  {reports}: {readonly reports: readonly ToldReport[]},
): UntoldMail {
  const told = reports.filter(({ids}) => ids.includes(id)).map(({to}) => to)
  const names = told.length === 0 ? null : [...new Set(told)].join(', ')
  return {kind: 'mail', id, account, from, subject, class: kind, urgency, reason, told: names}
}

function pathOf(agent: string): string {
  return `mail/untold/${agent}.json`
}

function isUntold(value: unknown): value is UntoldMail {
  if (!isRecord(value)) return false
  const texts = ['id', 'account', 'from', 'subject', 'class', 'reason']
  const {kind, urgency, told} = value
  const isSound = kind === 'mail' && typeof urgency === 'number' && (told === null || typeof told === 'string')
  return isSound && texts.every((key) => typeof value[key] === 'string')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Written whole or not at all, so somebody else has damaged it; the page has all of it.
    return null
  }
}

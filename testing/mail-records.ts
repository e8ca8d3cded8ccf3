import {createHash} from 'node:crypto'
import type {
  AccountRecord,
  ActionRecord,
  CorrectionRecord,
  EscalationRecord,
  MailSeen,
} from '../src/mail/ledger/record.js'

/** When what a test tells of happens, unless it says otherwise. */
export const MORNING = '2036-11-21T08:30:00.000Z'

/** An id of the right form, the same for the same words. */
export function idOf(prefix: 'm' | 'c', words: string): string {
  const hex = createHash('sha256').update(words).digest('hex')
  return `${prefix}_${hex.slice(0, 12)}`
}

/** A mail as the ledger keeps it; `name` names it and, unless told, its thread. */
export function seenMail(name: string, fields: Partial<MailSeen> = {}): MailSeen {
  const at = fields.at ?? MORNING
  return {
    kind: 'mail',
    at,
    turn: 't_01',
    account: 'work',
    id: idOf('m', name),
    message_id: `${name}@mail.example`,
    thread: idOf('c', name),
    ref: {folder: 'INBOX', key: '1:1'},
    received: at,
    from: 'ada@northwind.example',
    from_name: 'Ada Lovelace',
    to: ['donna@fleet.example'],
    subject: `About ${name}`,
    class: 'other',
    urgency: 1,
    confidence: 0.8,
    reason: 'Nothing in it asks for anything.',
    by: 'rule',
    sources: [],
    marks: [],
    attachments: [],
    actions: [],
    ...fields,
  }
}

/** The same, urgent. */
export function urgentMail(name: string, fields: Partial<MailSeen> = {}): MailSeen {
  return seenMail(name, {class: 'urgent', urgency: 3, reason: 'Something is down or failing now.', ...fields})
}

export function actionOn(mail: MailSeen, n: number, fields: Partial<ActionRecord> = {}): ActionRecord {
  const wish = mail.actions[n] ?? {kind: 'flag'}
  return {kind: 'action', at: MORNING, turn: 't_01', id: mail.id, n, wish, state: 'done', ...fields}
}

export function toldOf(mail: MailSeen, fields: Partial<EscalationRecord> = {}): EscalationRecord {
  const {thread, id, urgency, at, turn} = mail
  return {kind: 'escalated', at, turn, thread, ids: [id], urgency, state: 'urgent', to: 'jarvis', as: 'k1', ...fields}
}

export function accountWord(state: AccountRecord['state'], fields: Partial<AccountRecord> = {}): AccountRecord {
  return {kind: 'account', at: MORNING, turn: 't_01', account: 'work', state, since: MORNING, detail: '', ...fields}
}

export function correctionOf(mail: MailSeen, fields: Partial<CorrectionRecord> = {}): CorrectionRecord {
  return {kind: 'corrected', at: MORNING, turn: 't_02', id: mail.id, class: 'other', urgency: 1, by: 'ada', ...fields}
}

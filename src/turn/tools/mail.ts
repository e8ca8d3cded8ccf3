import {cleanLine, shorten} from '../../kit/text.js'
import {isSameMail} from '../../mail/identity.js'
import type {MailEntry} from '../../mail/ledger/sum.js'
import type {Mailbox} from '../../mail/mailbox.js'
import {verbOfWish, type Wish} from '../../mail/verdict.js'
import type {MailAccount} from '../../workspace/config.js'
import {BadCall} from '../bad-call.js'
import {optionalTextOf, type Tool, type ToolContext, textOf} from '../tool.js'
import {recordsOf} from '../triage/action-records.js'
import {ownAddresses} from '../triage/own-addresses.js'
import {ledgerInTurn, planActRecords} from '../triage/record-act.js'
import {accountsOf} from '../triage/triage-input.js'
import {cutEnd} from './cut.js'
import {oneOf} from './input.js'
import {fromOutside} from './outside.js'

const ACTIONS = ['draft', 'label', 'flag', 'move', 'archive', 'mark-read'] as const

type Input = Parameters<Tool['targetOf']>[0]

/** The text of one mail that triage has recorded, as its reader would see it. */
export const readMailTool: Tool = {
  name: 'mail_read',
  description: 'Text of a mail.',
  takes: {id: {type: 'string'}},
  isOffered: hasAccounts,
  verbOf: () => null,
  targetOf: (input) => textOf(input, 'id'),
  async perform(input, context) {
    const {mail, account} = findOwn(input, context)
    const {id, from, subject} = mail.seen
    const {readContent} = await import('../../mail/parse/read-content.js')
    const text = await withMailbox(mail, {account, context}, async (mailbox) => {
      const found = await mailbox.fetch(mail.ref, mail.seen.message_id)
      if (found === null || !isSameMail(mail.seen, found))
        throw new BadCall(`mail ${id} is no longer in ${mail.ref.folder}`)
      return readContent(found.parts, found.head.subject).text
    })
    return {
      // Its subject stands inside, too: around the fence there is no room for a sender's sentences.
      text: fromOutside(cutEnd(`Subject: ${cleanLine(subject)}\n\n${text || '[no text]'}`), `mail ${id} from ${from}`),
      changes: [],
      line: `read mail ${id}`,
      messages: [],
      taint: `mail from ${from}`,
    }
  },
}

/** One change of one mail in its mailbox, or a reply that lies ready there; nothing of it sends. */
export const doMailTool: Tool = {
  name: 'mail_do',
  description: 'Act on a mail; draft: a reply lies ready, unsent. value: its text, label or folder.',
  takes: {id: {type: 'string'}, action: {enum: ACTIONS}, 'value?': {type: 'string'}},
  isOffered: (context) => hasAccounts(context) && context.contract.may.some((word) => word.startsWith('mail')),
  verbOf: (input) => verbOfWish(wishOf(input)),
  targetOf(input, context) {
    const {mail} = findOwn(input, context)
    const wish = wishOf(input)
    return wish.kind === 'move' ? `${mail.seen.account}/${wish.to}` : mail.seen.account
  },
  contentOf: (input) => optionalTextOf(input, 'value') ?? '',
  async perform(input, context) {
    const {mail, account} = findOwn(input, context)
    const wish = wishOf(input)
    const {seen, ref} = mail
    const n = Math.max(-1, ...mail.actions.map((one) => one.n)) + 1
    const pending = {id: seen.id, n, wish, account: seen.account, ref, messageId: seen.message_id}
    const {performWish} = await import('../triage/perform-wish.js')
    const end = await withMailbox(mail, {account, context}, (mailbox) =>
      performWish(pending, {mailbox, own: ownAddresses(account), wasBegun: false}),
    )
    if (end.state === 'failed' || end.state === 'refused') throw new BadCall(end.why ?? 'it could not be done')
    const {fleet, turn} = context
    const records = recordsOf(pending, end, {at: new Date(fleet.clock.now()).toISOString(), turn})
    const fate = end.state === 'already' ? (end.why ?? 'it was so already') : 'done'
    return {
      text: `${fate}; taken back by: mcos email undo ${seen.id}`,
      changes: planActRecords(records, context),
      line: shorten(cleanLine(`mail ${seen.id}: ${wish.kind}: ${fate}; back with: mcos email undo ${seen.id}`), 200),
      messages: [],
    }
  },
}

/** Only whoever looks after a mailbox is told of these. */
function hasAccounts({fleet, agent}: Parameters<NonNullable<Tool['isOffered']>>[0]): boolean {
  return Object.keys(accountsOf(fleet, agent)).length > 0
}

function wishOf(input: Input): Wish {
  const kind = oneOf(input, 'action', ACTIONS)
  switch (kind) {
    case 'draft':
      return {kind, text: textOf(input, 'value')}
    case 'label':
      return {kind, label: textOf(input, 'value')}
    case 'move':
      return {kind, to: textOf(input, 'value')}
    case 'flag':
    case 'archive':
    case 'mark-read':
      return {kind}
    default:
      throw new BadCall(`"action" has to be one of ${ACTIONS.join(', ')}`)
  }
}

function findOwn(
  input: Input,
  context: Pick<ToolContext, 'fleet' | 'agent' | 'draft'>,
): {readonly mail: MailEntry; readonly account: MailAccount} {
  const id = textOf(input, 'id')
  const mail = ledgerInTurn(context).ledger.mails.get(id)
  if (mail === undefined) throw new BadCall(`there is no mail ${JSON.stringify(id)}`)
  const account = accountsOf(context.fleet, context.agent)[mail.seen.account]
  if (account === undefined) throw new BadCall(`the account of mail ${id} is not yours`)
  return {mail, account}
}

/** What the account suffers from is told to the model as what its call came to. */
async function withMailbox<T>(
  {seen}: MailEntry,
  {account, context}: {readonly account: MailAccount; readonly context: Pick<ToolContext, 'fleet' | 'signal'>},
  work: (mailbox: Mailbox) => Promise<T>,
): Promise<T> {
  const {withAccount} = await import('../triage/with-account.js')
  const named = {name: seen.account, account}
  const done = await withAccount(context.fleet, named, {outer: context.signal, work})
  if (done.trouble === null) return done.value
  const {cause, message} = done.trouble
  throw cause instanceof BadCall ? cause : new BadCall(message)
}

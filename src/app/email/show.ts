import {clean, cleanLine} from '../../kit/text.js'
import {isSameMail} from '../../mail/identity.js'
import type {MailEntry} from '../../mail/ledger/sum.js'
import {readContent} from '../../mail/parse/read-content.js'
import type {ShownBody, ShownMail} from '../../mail/report.js'
import {withAccount} from '../../turn/triage/with-account.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {ActsFor} from '../speaker.js'
import {findMail} from './find-mail.js'
import {passMailGate} from './gate.js'

export interface ShowRequest {
  /** The beginning of its id. */
  readonly id: string
  /** Whether its text is wanted, which only its server has. */
  readonly body: boolean
  readonly signal: AbortSignal
}

/** What is known of one mail, and with `body` its visible text, read again now. */
export async function showMail(fleet: Fleet, {id, body, signal}: ShowRequest, actor: ActsFor): Promise<ShownMail> {
  const {ledger, entry} = findMail(fleet, id, actor)
  if (body && actor.kind === 'agent' && actor.by === 'itself') await passMailGate(fleet, [], actor)
  const thread = ledger.threads.get(entry.seen.thread)
  const read = body ? await readBody(fleet, entry, signal) : {body: null, no_body: null}
  return {
    mail: entry.seen,
    ref: entry.ref,
    class: entry.class,
    urgency: entry.urgency,
    corrected_by: entry.correctedBy,
    actions: entry.actions.map(({n, wish, state, why}) => ({n, wish, state, why})),
    told: (thread?.told ?? []).map(({to, at, state}) => ({to, at, state})),
    ...read,
  }
}

type Read = Pick<ShownMail, 'body' | 'no_body'>

async function readBody(fleet: Fleet, {seen, ref}: MailEntry, outer: AbortSignal): Promise<Read> {
  const name = seen.account
  const account = fleet.home.config.mail.accounts[name]
  if (account === undefined) return without(`mcos.yaml has no account ${name} any more`)
  const fetched = await withAccount(fleet, {name, account}, {outer, work: (open) => open.fetch(ref, seen.message_id)})
  if (fetched.trouble !== null) return without(`${fetched.trouble.message}; ${fetched.trouble.options.fix}`)
  if (fetched.value === null || !isSameMail(seen, fetched.value))
    return without(`it is no longer in ${ref.folder} of ${name}`)
  return {body: toBody(readContent(fetched.value.parts)), no_body: null}
}

function without(why: string): Read {
  return {body: null, no_body: cleanLine(why)}
}

function toBody({text, hidden, isMismatch, isCut, attachments}: ReturnType<typeof readContent>): ShownBody {
  return {
    text: clean(text),
    hidden: hidden === null ? null : clean(hidden),
    is_mismatch: isMismatch,
    is_cut: isCut,
    attachments,
  }
}

import {classifyByRules} from '../../mail/classify/classify-by-rules.js'
import type {Judged, ThreadFacts} from '../../mail/classify/judged.js'
import type {RuleVerdict} from '../../mail/classify/rule-verdict.js'
import type {Rulebook} from '../../mail/classify/rulebook.js'
import {withChoice} from '../../mail/classify/with-choice.js'
import type {Incoming} from '../../mail/mail.js'
import {readContent} from '../../mail/parse/read-content.js'
import type {Verdict} from '../../mail/verdict.js'
import type {MailAccount} from '../../workspace/config.js'
import type {Chosen} from './ask-classifier.js'
import type {NewMail} from './new-mail.js'
import {ownAddresses} from './own-addresses.js'
import {isToolless, type TriageInput} from './triage-input.js'

/** The same with what it was taken for. */
export interface JudgedMail extends NewMail {
  readonly verdict: Verdict
  readonly judged: Judged
}

/** What the ledger is asked about threads and senders. */
export interface Acquaintance {
  factsOf(thread: string, sender: string): ThreadFacts
}

/** The rules judge every mail; a model, where the route has one, is asked about those they are not certain of. */
export async function judgeMails(
  mails: readonly NewMail[],
  {rulebook, known}: {readonly rulebook: Rulebook; readonly known: Acquaintance},
  input: TriageInput & {readonly turn: string},
): Promise<{readonly mails: readonly JudgedMail[]; readonly chosen: Chosen | null}> {
  const ruled = mails.map((mail) => {
    const judged = judgedOf(mail, input.accounts[mail.account], known)
    return {...mail, judged, verdict: classifyByRules(judged, rulebook)}
  })
  const doubtful = ruled.filter(({verdict}) => !verdict.isCertain)
  const asked = doubtful.map(({judged}) => judged)
  const chosen = doubtful.length > 0 && input.engines.some(isToolless) ? await ask(asked, input) : null
  const choices = new Map(doubtful.map(({id}, place) => [id, chosen?.choices[place] ?? null]))
  return {mails: ruled.map((mail) => ({...mail, verdict: settle(mail.verdict, choices.get(mail.id))})), chosen}
}

/** What models need is loaded only for them. */
async function ask(mails: readonly Judged[], input: Parameters<typeof judgeMails>[2]): Promise<Chosen> {
  return (await import('./ask-classifier.js')).askClassifier(mails, input)
}

function settle(verdict: RuleVerdict, choice: Chosen['choices'][number] | undefined): Verdict {
  if (choice) return withChoice(verdict, choice)
  const {isCertain: _, ...rest} = verdict
  return rest
}

function judgedOf({account, incoming, thread}: NewMail, config: MailAccount | undefined, known: Acquaintance): Judged {
  const {head, parts, received} = incoming
  const own = config === undefined ? [] : ownAddresses(config)
  const facts = known.factsOf(thread, head.from.address)
  return {
    head,
    content: readContent(parts, head.subject),
    account,
    received,
    own,
    authserv: config?.authserv ?? null,
    thread: {...facts, isAnsweredByUs: facts.isAnsweredByUs || isReplyToUs(incoming, own)},
  }
}

/** An answer names the mail that it answers; ours bear our own domain. */
function isReplyToUs({head}: Incoming, own: readonly string[]): boolean {
  const domains = own.map((address) => address.slice(address.lastIndexOf('@') + 1))
  const id = head.inReplyTo ?? ''
  return domains.some((domain) => domain !== '' && id.toLowerCase().endsWith(`@${domain}`))
}

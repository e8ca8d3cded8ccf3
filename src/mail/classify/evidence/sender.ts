import type {Judged} from '../judged.js'
import type {Sender} from './signal.js'

/** What the headers say of who wrote. */
export interface SenderFacts {
  readonly kind: Sender
  /** What the configured server says of where the mail came from. */
  readonly standing: 'passes' | 'fails' | 'unknown'
  /** Whether a list or a bulk mailer brought it. */
  readonly isBulk: boolean
  /** Whether its address is of the kind that only advertises. */
  readonly isMarketing: boolean
  /** Whether a machine answers a mail of ours. */
  readonly isAutoReply: boolean
  /** Whether a mail server reports on a mail of ours. */
  readonly isReport: boolean
  /** Whether it answers an earlier mail. */
  readonly isReply: boolean
}

const ROBOT_NAMES =
  /^(?:no-?_?reply|do-?not-?reply|alerts?|alarm\w*|monitor\w*|notif\w*|status|system|root|cron|daemon|backup\w*|sauvegarde|ci|build\w*|bot|robot|security|billing|receipts?|payments?|renewals?|notices?|reports?|statements?|track(?:ing)?|updates?|mailer|nagios|zabbix|grafana|prometheus|sentry|pager\w*|incidents?|automail\w*|certwatch|uptime\w*|watch\w*|health\w*|storage|warn\w*|st[oö]rung\w*|meldung\w*|jenkins|deploy\w*|domains?|hostmaster|facturation|avisos?|hr|payroll|abuse|mailer-daemon|postmaster)(?:[-+._\d].*)?$/
const MAILING_NAMES =
  /^(?:news\w*|deals?|offers?|promo\w*|marketing|editor\w*|digest|letter|weekly|daily|aktion\w*|ofertas?|campaigns?|rewards?|loyalty|academy|webinars?|angebote?|kampagne|kampanj|aanbiedingen|erbjudanden|nyheter|nieuwsbrief|boletin|boletim|blog|magazine|insights?|growth|survey)(?:[-+._\d].*)?$/

/** Reads who wrote, from headers and addresses alone. */
export function readSender({head, own, authserv, content}: Judged): SenderFacts {
  const first = (name: string) => head.headers[name]?.[0]?.trim().toLowerCase() ?? ''
  const [local = '', domain = ''] = split(head.from.address)
  const autoSubmitted = first('auto-submitted').split(';')[0]?.trim() ?? ''
  const precedence = first('precedence')
  const isBulk =
    first('list-id') !== '' ||
    first('list-unsubscribe') !== '' ||
    /^(?:bulk|list|junk)$/.test(precedence) ||
    first('feedback-id') !== '' ||
    first('x-campaign') !== '' ||
    first('x-campaignid') !== '' ||
    first('x-mc-user') !== ''
  const standing = standingOf(head.headers['authentication-results'] ?? [], authserv, domain)
  const isReport =
    content.deliveryStatus !== null ||
    first('x-failed-recipients') !== '' ||
    /^(?:mailer-daemon|postmaster)$/.test(local) ||
    /report-type="?delivery-status/.test(first('content-type'))
  const isAutoReply =
    autoSubmitted.startsWith('auto-replied') ||
    /^auto[-_]?reply/.test(precedence) ||
    first('x-autoreply') !== '' ||
    first('x-autorespond') !== ''
  const isOwnDomain = domain !== '' && own.some((address) => split(address)[1] === domain)
  const isRobot = (autoSubmitted !== '' && autoSubmitted !== 'no') || ROBOT_NAMES.test(local)
  const isMarketing = MAILING_NAMES.test(local)
  const kind = kindOf({isBulk, isRobot, isMarketing, isColleague: isOwnDomain && standing !== 'fails'})
  return {
    kind,
    standing,
    isBulk,
    isMarketing,
    isAutoReply,
    isReport,
    isReply: head.inReplyTo !== null || head.references.length > 0,
  }
}

/** Monitors and payment services write in bulk as well: a program's name or its own word for it comes first. */
function kindOf(facts: {isBulk: boolean; isRobot: boolean; isMarketing: boolean; isColleague: boolean}): Sender {
  if (facts.isMarketing) return 'mailing'
  if (facts.isRobot) return 'robot'
  if (facts.isBulk) return 'mailing'
  return facts.isColleague ? 'colleague' : 'person'
}

function split(address: string): string[] {
  const at = address.lastIndexOf('@')
  return at === -1 ? [address] : [address.slice(0, at), address.slice(at + 1)]
}

/** Only the topmost result of the account's own server counts: what stands below came with the mail. */
function standingOf(results: readonly string[], authserv: string | null, domain: string): SenderFacts['standing'] {
  if (authserv === null) return 'unknown'
  const wanted = authserv.toLowerCase()
  const [, ...methods] = results.map(partsOf).find(([server]) => server?.split(/\s+/)[0] === wanted) ?? []
  const verdict = (method: string, part = methods.find((one) => one.startsWith(`${method}=`))) =>
    part?.slice(method.length + 1).match(/^\w+/)?.[0] ?? 'none'
  const [dmarc, spf, dkim] = [verdict('dmarc'), verdict('spf'), verdict('dkim')]
  if (dmarc === 'fail') return 'fails'
  const signed = methods.some((part) => part.startsWith('dkim=pass') && isSignedBy(part, domain))
  if (dmarc === 'pass' || signed) return 'passes'
  return spf === 'fail' || spf === 'softfail' || dkim === 'fail' ? 'fails' : 'unknown'
}

/** The server and one part a method; quotes and comments hold words of the mail's own, so they go first. */
function partsOf(line: string): string[] {
  return line
    .toLowerCase()
    .replace(/"(?:[^"\\]|\\.)*"?/g, '""')
    .replace(/\([^()]*\)/g, ' ')
    .replace(/\s*=\s*/g, '=')
    .split(';')
    .map((part) => part.trim())
}

/** Anybody can sign with a domain of their own: it has to be that of the address. */
function isSignedBy(part: string, domain: string): boolean {
  const signer = /\bheader\.(?:d|i)=@?(?:[^\s@]*@)?([\w.-]+)/.exec(part)?.[1]
  return signer !== undefined && domain !== '' && (domain === signer || domain.endsWith(`.${signer}`))
}

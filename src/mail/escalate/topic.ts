import type {MailSeen} from '../ledger/record.js'

/** Words among a verdict's sources by which a mail says that something is over. */
const OVER = /^(?:over|resolved|recovered|solved)\b|[:-](?:over|resolved|recovered|solved)$/
const ROBOT = /^(?:auto-submitted|list-id|precedence|bulk|robot|automated|no-?reply)/
const ROBOT_NAME =
  /^(?:no-?_?reply|do-?_?not-?_?reply|alert\w*|alarm\w*|monitor\w*|notif\w*|status|system|server|root|cron|daemon|backup\w*|ci|build\w*|bot|robot|security|billing|payments?|renewals?|notices?|reports?|nagios|zabbix|grafana|prometheus|sentry|pager\w*|opsgenie|incidents?|certwatch|uptime\w*|watch\w*|health\w*|storage|warn\w*|st[oö]rung\w*|meldung\w*|jenkins|deploy\w*|mailer|mailer-daemon|postmaster)(?:[-+._\d][^@]*)?@/
const RE = /^(?:(?:re|aw|fwd?|wg|sv|vs|antw|tr|rv|enc)(?:\[\d+\])?\s*[:：]\s*)+/i
// Times and dates change from one alert to the next; other numbers may name what it is about.
const MOMENT =
  /\b\d{4}-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?z?)?|\b\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]m)?|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b/g
const STATE =
  /\b(?:alert(?:ing)?|firing(?:\s*:\s*\d+)?|triggered|open(?:ed)?|problem|critical|warning|major|down|unreachable|failing|failed|failure|resolved|recover(?:y|ed)|restored|solved|closed|cleared|up|ok|okay|back(?: online)?|normal|healthy|over)\b/g

/** Whether a program wrote it; what is repeated by a person is never folded. */
export function isRobot({from, sources}: Pick<MailSeen, 'from' | 'sources'>): boolean {
  return sources.some((source) => ROBOT.test(source)) || ROBOT_NAME.test(from)
}

/** Whether it says that what was urgent is over; never where it tried anything. */
export function saysOver({
  class: is,
  sources,
  marks,
  urgency,
}: Pick<MailSeen, 'class' | 'sources' | 'marks' | 'urgency'>): boolean {
  return (
    is !== 'urgent' && is !== 'suspicious' && urgency < 2 && marks.length === 0 && sources.some((one) => OVER.test(one))
  )
}

/** Equal for mails of one sender that say the same again. */
export function topicOf({from, subject}: Pick<MailSeen, 'from' | 'subject'>): string {
  return `${from} ${plain(subject)}`
}

/** The same without the words that tell how it stands: what an alert and its all-clear have in common; null: nothing is left. */
export function matterOf({from, subject}: Pick<MailSeen, 'from' | 'subject'>): string | null {
  const matter = plain(
    plain(subject)
      .replace(STATE, ' ')
      .replace(/[[\](){}:–—|!-]+/g, ' '),
  )
  return matter === '' ? null : `${from} ${matter}`
}

function plain(subject: string): string {
  return subject.replace(RE, '').toLowerCase().replace(MOMENT, ' ').replace(/\s+/g, ' ').trim()
}

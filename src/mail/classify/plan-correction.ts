import type {MailSeen} from '../ledger/record.js'
import type {MailClass, Urgency} from '../verdict.js'
import {readRulebook} from './read-rulebook.js'
import type {Rule, Test} from './rulebook.js'
import {formatRule} from './rules/format-rule.js'
import {subjectShape} from './rules/subject-shape.js'

const HEADING = '## Learned'
const INTRODUCTION = 'Corrections of single mails, the newest asked first. Delete a line to forget it.'
const NEW_FILE = '# Mail\n'
/** A shorter part of a subject stands in nearly every other, so that the rule would cover all that the sender writes. */
const FEWEST_LETTERS = 4
const PLAIN_ADDRESS = /^[a-z0-9._+=-]+@[a-z0-9.-]+$/
const SAFE_ADDRESS = /^[^\s"“”„«»,;*<>\u0000-\u001f\u007f-\u009f]+@[^\s"“”„«»,;*<>\u0000-\u001f\u007f-\u009f]+$/u

/**
 * MAIL.md with one learned rule more under "## Learned": for this very sender, and for mails of this shape unless all
 * that it sends is advertising. The same text where that rule is there already, or where no rule can say it.
 */
export function planCorrection(
  mailMd: string | null,
  mail: Pick<MailSeen, 'id' | 'from' | 'subject'>,
  to: {readonly class: MailClass; readonly urgency: Urgency; readonly on: string},
): string {
  const before = mailMd ?? ''
  const when = conditionFor(mail, to.class)
  if (when === null) return before
  const rule = formatRule({
    when: [when],
    outcomes: [
      {kind: 'class', class: to.class},
      {kind: 'urgency', urgency: to.urgency},
    ],
  })
  const known = learnedIn(before)
  if (known.some((one) => formatRule(one) === rule)) return before
  const line = `- ${rule} <!-- ${to.on.slice(0, 10)} ${mail.id.replace(/[^a-z0-9_]/gi, '')} -->`
  const same = known.find((one) => leftOf(formatRule(one)) === leftOf(rule))
  if (same) return withLine(before, {at: same.line - 1, line, instead: true})
  const after = withLearned(mailMd === null ? NEW_FILE : before, line)
  // An open fence or comment would swallow what stands below it; then the section stands above all else.
  return learnedIn(after).some((one) => formatRule(one) === rule) ? after : `${section(line)}\n${before}`
}

function conditionFor({from, subject}: Pick<MailSeen, 'from' | 'subject'>, kind: MailClass): readonly Test[] | null {
  const address = from.toLowerCase()
  if (!SAFE_ADDRESS.test(address) || address.length > 190) return null
  const sender: Test = {
    field: 'from',
    isNot: false,
    patterns: [{text: address, isQuoted: !PLAIN_ADDRESS.test(address)}],
  }
  if (kind === 'newsletter') return [sender]
  // Not for deceit: it comes in the name of somebody else, whose own mail the rule would take with it.
  const pieces = subjectShape(subject)
  if (pieces.join('').length < FEWEST_LETTERS) return null
  return [sender, ...pieces.map((text): Test => ({field: 'subject', isNot: false, patterns: [{text, isQuoted: true}]}))]
}

function learnedIn(text: string): Rule[] {
  return readRulebook([{file: 'MAIL.md', text}]).rules.filter(({isLearned}) => isLearned)
}

function leftOf(rule: string): string {
  return rule.slice(0, rule.lastIndexOf(' → '))
}

/** At the end of the section, before the next heading; a new section at the file's end. */
function withLearned(text: string, line: string): string {
  const lines = text.split('\n')
  const heading = lines.findIndex((one) => /^##\s+learned\s*#*\s*$/i.test(one))
  if (heading === -1) return `${text.replace(/\n*$/, '\n\n')}${section(line)}`
  const next = lines.findIndex((one, index) => index > heading && /^#{1,6}\s/.test(one))
  let at = next === -1 ? lines.length : next
  while (at > heading + 1 && (lines[at - 1] ?? '').trim() === '') at--
  return withLine(text, {at, line: at === heading + 1 ? `\n${line}` : line, instead: false})
}

function section(line: string): string {
  return `${HEADING}\n\n${INTRODUCTION}\n\n${line}\n`
}

function withLine(text: string, {at, line, instead}: {at: number; line: string; instead: boolean}): string {
  const lines = text.split('\n')
  const end = lines.some((one) => one.endsWith('\r')) ? '\r' : ''
  lines.splice(at, instead ? 1 : 0, `${line}${end}`)
  return lines.at(-1) === '' ? lines.join('\n') : `${lines.join('\n')}\n`
}

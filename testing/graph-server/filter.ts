import type {Properties, Stored} from './message.js'
import {badRequest} from './refusal.js'

/** Whether a mail is one of those asked for. */
export type Filter = (message: Stored) => boolean

const COMPARE: Readonly<Record<string, (one: string, other: string) => boolean>> = {
  eq: (one, other) => one === other,
  ge: (one, other) => one >= other,
  gt: (one, other) => one > other,
  le: (one, other) => one <= other,
  lt: (one, other) => one < other,
}

const TIMES: readonly string[] = ['receivedDateTime', 'sentDateTime', 'createdDateTime', 'lastModifiedDateTime']
const TEXTS: readonly string[] = ['internetMessageId', 'conversationId', 'subject']
const TRUTHS: readonly string[] = ['isRead', 'isDraft', 'hasAttachments']

/** The names that a $filter compares, in their order, with what it asks; `and` between them and nothing cleverer. */
export function readFilter(text: string): {readonly names: readonly string[]; readonly passes: Filter} {
  const terms = text.split(/ and (?![^(]*\))/).map((term) => readTerm(term.trim()))
  return {names: terms.map(({name}) => name), passes: (message) => terms.every(({passes}) => passes(message))}
}

function readTerm(term: string): {readonly name: string; readonly passes: Filter} {
  const extended = /^singleValueExtendedProperties\/any\(ep: ?ep\/id eq '([^']*)' and ep\/value eq '([^']*)'\)$/i.exec(
    term,
  )
  if (extended) {
    const [, id, value] = extended
    return {name: 'extended', passes: (message) => message.extended.some((one) => one.id === id && one.value === value)}
  }
  const category = /^categories\/any\((\w+): ?\1 eq '((?:[^']|'')*)'\)$/.exec(term)
  if (category) {
    const wanted = unquoted(category[2] ?? '')
    return {name: 'categories', passes: ({properties}) => properties.categories.includes(wanted)}
  }
  const [, name = '', operator = '', value = ''] = /^(\w+) (eq|ge|gt|le|lt) (.+)$/.exec(term) ?? []
  const compare = COMPARE[operator]
  const wanted = readValue(name, operator, value)
  if (!compare || wanted === null) throw badRequest(`Invalid filter clause: ${term}`)
  return {name, passes: ({properties}) => compare(String(properties[name as keyof Properties]), wanted)}
}

function readValue(name: string, operator: string, value: string): string | null {
  if (TIMES.includes(name)) return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? seconds(value) : null
  if (operator !== 'eq') return null
  if (TRUTHS.includes(name)) return /^(true|false)$/.test(value) ? value : null
  const text = /^'((?:[^']|'')*)'$/.exec(value)?.[1]
  return TEXTS.includes(name) && text !== undefined ? unquoted(text) : null
}

/** Times are kept in whole seconds, as the real server keeps them. */
function seconds(time: string): string {
  return `${time.slice(0, 19)}Z`
}

function unquoted(text: string): string {
  return text.replaceAll("''", "'")
}

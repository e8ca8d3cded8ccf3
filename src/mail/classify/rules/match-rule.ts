import type {MailClass} from '../../verdict.js'
import type {Judged} from '../judged.js'
import type {Field, Pattern, Rule, Test} from '../rulebook.js'
import {classNamed} from './parse-condition.js'

/** Whether a rule's condition holds for a mail that was judged to be of this class. */
export function holds({when}: Pick<Rule, 'when'>, mail: Judged, kind: MailClass): boolean {
  return when.some((group) => group.every((test) => fits(test, mail, kind) !== test.isNot))
}

function fits({field, patterns}: Test, mail: Judged, kind: MailClass): boolean {
  const values = valuesOf(field, mail, kind).map(even)
  const isPart = field === 'subject' || field === 'body'
  return patterns.some((pattern) => {
    const wanted = field === 'class' ? {...pattern, text: classNamed(pattern.text) ?? pattern.text} : pattern
    return values.some((value) => covers(wanted, value, isPart))
  })
}

/** Real addresses only: a display name is whatever its writer wants it to be. */
function valuesOf(field: Field, {head, content, account}: Judged, kind: MailClass): readonly string[] {
  switch (field) {
    case 'from':
      return [head.from.address]
    case 'to':
      return head.to.map(({address}) => address)
    case 'cc':
      return head.cc.map(({address}) => address)
    case 'subject':
      return [head.subject]
    case 'body':
      return [content.text]
    case 'list':
      return (head.headers['list-id'] ?? []).map(listName)
    case 'account':
      return [account]
    case 'attachment':
      return content.attachments.map(({name}) => name)
    case 'class':
      return [kind]
  }
}

/** `Deals <deals.shop.example>` is deals.shop.example. */
function listName(header: string): string {
  const open = header.lastIndexOf('<')
  const close = header.indexOf('>', open)
  return open === -1 || close === -1 ? header : header.slice(open + 1, close)
}

function even(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()
}

/** Pieces between stars, each found after the one before: no pattern makes this slower than text times pattern. */
function covers({text, isQuoted}: Pattern, value: string, isPart: boolean): boolean {
  const wanted = even(text)
  if (isQuoted) return isPart ? value.includes(wanted) : value === wanted
  const pieces = wanted.split('*')
  let at = 0
  for (const [index, piece] of pieces.entries()) {
    const isLast = index === pieces.length - 1
    if (!isPart && index === 0 && !value.startsWith(piece)) return false
    if (!isPart && isLast && index > 0) return value.length - piece.length >= at && value.endsWith(piece)
    const found = value.indexOf(piece, at)
    if (found === -1) return false
    at = found + piece.length
  }
  return isPart || at === value.length
}

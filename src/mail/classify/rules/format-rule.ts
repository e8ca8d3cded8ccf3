import type {Outcome, Pattern, Rule} from '../rulebook.js'

/** A rule as a person would write it; reading it gives the same rule. */
export function formatRule({when, outcomes}: Pick<Rule, 'when' | 'outcomes'>): string {
  const left = when
    .map((group) =>
      group
        .map(({field, isNot, patterns}) => `${isNot ? 'not ' : ''}${field} ${patterns.map(formatPattern).join(', ')}`)
        .join(' and '),
    )
    .join(' or ')
  return `${left} → ${outcomes.map(formatOutcome).join(', ')}`
}

function formatPattern({text, isQuoted}: Pattern): string {
  return isQuoted ? `"${text}"` : text
}

function formatOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'class':
      return outcome.class
    case 'urgency':
      return `urgency ${outcome.urgency}`
    case 'tell':
      return `tell ${outcome.name}`
    case 'wish':
      return formatWish(outcome.wish)
  }
}

function formatWish(wish: Extract<Outcome, {kind: 'wish'}>['wish']): string {
  switch (wish.kind) {
    case 'label':
      return `label "${wish.label}"`
    case 'move':
      return `move "${wish.to}"`
    case 'mark-read':
      return 'mark read'
    case 'draft':
      return `draft "${wish.text}"`
    case 'flag':
    case 'archive':
      return wish.kind
  }
}

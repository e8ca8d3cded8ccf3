import type {Engine} from '../engines/engine.js'
import {clean} from '../kit/text.js'
import type {Change} from '../workspace/change.js'
import type {Redactor} from './redact.js'
import type {TurnPlan} from './turn-plan.js'

/**
 * What is about to be committed, put into a receipt and told, without secrets and control characters: a model, a program or a provider may
 * have said one. Files that a tool has written were looked at by that tool; what code wrote of what it has heard is here.
 */
export function withoutSecrets(plan: TurnPlan, redactor: Redactor): TurnPlan {
  const {lines, text, notes, passed, putAside, failure, changes} = plan
  return {
    ...plan,
    ...redactor.value({notes, passed, putAside, failure}),
    text: clean(redactor.text(text)),
    lines: redactLines(lines, redactor),
    changes: changes.map((change) => redactChange(change, redactor)),
  }
}

/**
 * The same engine, whose words about a failure hold no secret: they are kept where it is put aside or backs off, and
 * told to people.
 */
export function quotingNone(engine: Engine, safe: (text: string) => string): Engine {
  return {
    ...engine,
    async reply(request, options) {
      const reply = await engine.reply(request, options)
      if (reply.kind === 'stopped') return {...reply, detail: safe(reply.detail)}
      return reply.note === undefined ? reply : {...reply, note: safe(reply.note)}
    },
  }
}

/** All at once, as a private key goes over many lines; a line's own breaks stay inside of it. */
function redactLines(lines: readonly string[], {text}: Redactor): string[] {
  if (lines.length === 0) return []
  const joined = lines.map((line) => line.replaceAll('\n', '\v')).join('\n')
  // Cleaned, too: what some reader takes for a line's end could begin a heading that nobody has written.
  return text(joined)
    .split('\n')
    .map((line) => clean(line.replaceAll('\v', '\n')))
}

function redactChange(change: Change, {text}: Redactor): Change {
  if (change.kind !== 'write' || !/(?:^|\/)WORKSTATE\.md$|(?:^|\/)workstate\/[^/]+\.md$/.test(change.path))
    return change
  return {...change, content: text(change.content)}
}

import {z} from 'zod'
import {unreadable} from '../kit/errors.js'
import {readFrontmatter} from '../kit/frontmatter.js'
import {agentName, checkDocument, faultAt, field, oneOf, text} from './schema.js'

/** One rule of guardrails/*.md, enforced for every agent whatever its contract says. */
export interface GuardrailRule {
  readonly id: string
  /** ask: a person says yes each time; deny: never. */
  readonly effect: 'ask' | 'deny'
  /** Taken widely: `mail` is also `mail.send`. */
  readonly verbs: readonly string[]
  /** The next five restrict only the verbs that have such a target; null: nothing is said of it. */
  readonly paths: readonly string[] | null
  readonly hosts: readonly string[] | null
  readonly commands: readonly string[] | null
  readonly refs: readonly string[] | null
  /** others: in another agent's folder; outside: not in its own. */
  readonly place: GuardrailPlace | null
  readonly content: GuardrailContent | null
  /** What has to be so in the turn, all of it; empty: whatever is so. */
  readonly state: readonly GuardrailState[]
  /** What the one who did it runs afterwards. */
  readonly after: string | null
  /** What it says in a line: the first heading below the frontmatter, or else its id. */
  readonly title: string
  readonly lesson: string
  readonly examples: {readonly deny: readonly GuardrailExample[]; readonly allow: readonly GuardrailExample[]}
  readonly file: string
  /** Where its effect stands in the file. */
  readonly line: number
}

/** Of what is written or said: a line like one of `has`, no line like any of `lacks`, and every test of `is`. */
export interface GuardrailContent {
  /** Lines in which `*` is any text; empty: nothing is said. */
  readonly has: readonly string[]
  readonly lacks: readonly string[]
  readonly is: readonly ContentTest[]
}

const PLACES = ['others', 'outside'] as const
const TESTS = ['secret', 'blank-value'] as const
const STATES = ['tainted', 'secret', 'clock-unchecked'] as const

export type GuardrailPlace = (typeof PLACES)[number]
export type ContentTest = (typeof TESTS)[number]
export type GuardrailState = (typeof STATES)[number]

/** Something that a rule must speak of, or must not. */
export interface GuardrailExample {
  readonly verb: string
  readonly target: string
  readonly content: string | null
  readonly state: readonly GuardrailState[]
  /** Who does it; null: somebody, who owns nothing that the target names. */
  readonly agent: string | null
  readonly line: number
}

/** A file of guardrails/: a rule that code enforces, or prose that is advice and no more. */
export interface GuardrailFile {
  readonly rule: GuardrailRule | null
  /** What a model reads. */
  readonly body: string
}

const LINES = `lines such as ['[Service]'], with "*" for any text; regular expressions are no longer read`
const list = (expected: string) => z.array(text, {error: expected}).min(1, {error: `${expected}, at least one`})
const words = list('a list such as [one, two]')
const lines = list(`a list of ${LINES}`)
const states = z.array(oneOf(STATES), {error: `a list of ${STATES.join(', ')}`})
const example = z.strictObject(
  {verb: text, target: text, content: text.optional(), state: states.optional(), agent: agentName.optional()},
  {error: 'an example such as {verb: write, target: app.service}'},
)
const examples = z.array(example, {error: 'a list of examples'})

const schema = z.strictObject({
  id: field('a name of a-z, 0-9 and "-"', (value) =>
    typeof value === 'string' && /^[a-z0-9][a-z0-9-]{0,79}$/.test(value) ? value : undefined,
  ),
  effect: oneOf(['ask', 'deny']),
  verbs: z.array(text, {error: 'a list of verbs such as [write]'}).min(1, {error: 'at least one verb'}),
  paths: words.optional(),
  hosts: words.optional(),
  commands: words.optional(),
  refs: words.optional(),
  place: oneOf(PLACES).optional(),
  content: z
    .strictObject(
      {
        has: lines.optional(),
        lacks: lines.optional(),
        is: z.array(oneOf(TESTS), {error: `a list of ${TESTS.join(', ')}`}).optional(),
      },
      {error: 'a map with has, lacks and is'},
    )
    .optional(),
  state: states.optional(),
  after: text.optional(),
  lesson: text,
  examples: z
    .strictObject({deny: examples.optional(), allow: examples.optional()}, {error: 'a map of examples'})
    .optional(),
})
const KEYS = [...Object.keys(schema.shape), 'has', 'lacks', 'is', 'deny', 'allow', 'target', 'agent']

/** What each restriction is about; one that fits no verb of its rule would restrict nothing. */
const FITS: Readonly<Record<string, readonly string[]>> = {
  paths: ['read', 'write', 'delete'],
  place: ['read', 'write', 'delete', 'run'],
  hosts: ['fetch', 'http'],
  commands: ['run'],
  refs: ['git.push'],
}

/**
 * Reads one file of guardrails/. Prose without frontmatter is advice; in frontmatter a key that nobody knows is an error,
 * for a guard that passes over half a rule is none.
 */
export function parseGuardrail(source: string, file: string): GuardrailFile {
  const fix = `git diff -- ${file}`
  const {head, body} = readFrontmatter(source, file, {fix})
  if (!head?.data) {
    if (looksLikeRule(source)) {
      const expected = 'frontmatter between two lines that are exactly "---"'
      throw unreadable({file, line: 1}, {expected, got: 'a rule without them', fix})
    }
    return {rule: null, body}
  }
  const document = {document: head, data: head.data, file, fix}
  const {value} = checkDocument(schema, head, {file, data: head.data, fix, known: KEYS, isRefused: () => true})
  for (const [key, kinds] of Object.entries(FITS)) {
    const isIdle = key in value && !value.verbs.some((verb) => kinds.some((kind) => isAmong(verb, kind)))
    const expected = `a verb that has one (${kinds.join(', ')})`
    if (isIdle) throw faultAt({path: [key], expected, isKey: false}, document)
  }
  const {content, examples: shown} = value
  const toExamples = (kind: 'deny' | 'allow'): GuardrailExample[] =>
    (shown?.[kind] ?? []).map((one, place) => ({
      verb: one.verb,
      target: one.target,
      content: one.content ?? null,
      state: one.state ?? [],
      agent: one.agent ?? null,
      line: head.lineOf(['examples', kind, place]),
    }))
  const rule: GuardrailRule = {
    id: value.id,
    effect: value.effect,
    verbs: value.verbs,
    paths: value.paths ?? null,
    hosts: value.hosts ?? null,
    commands: value.commands ?? null,
    refs: value.refs ?? null,
    place: value.place ?? null,
    content: content ? {has: content.has ?? [], lacks: content.lacks ?? [], is: content.is ?? []} : null,
    state: value.state ?? [],
    after: value.after ?? null,
    title: /^#{1,6}[ \t]+(.+?)[ \t]*$/m.exec(body)?.[1] ?? value.id,
    lesson: value.lesson,
    examples: {deny: toExamples('deny'), allow: toExamples('allow')},
    file,
    line: head.lineOf(['effect']),
  }
  return {rule, body}
}

function isAmong(verb: string, kind: string): boolean {
  return verb === '*' || verb === kind || verb.startsWith(`${kind}.`) || kind.startsWith(`${verb}.`)
}

/** A rule whose frontmatter got lost is no advice: whoever wrote it counts on it. */
function looksLikeRule(source: string): boolean {
  return /^\ufeff?---[ \t]*\r?$/m.test(source.split('\n', 1)[0] ?? '') || /^effect:[ \t]*(?:ask|deny)\b/m.test(source)
}

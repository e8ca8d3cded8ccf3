import {z} from 'zod'
import {unreadable} from '../kit/errors.js'
import {readFrontmatter} from '../kit/frontmatter.js'
import {checkDocument, field, oneOf, text} from './schema.js'

/** One rule of guardrails/*.md, enforced for every agent whatever its contract says. */
export interface GuardrailRule {
  readonly id: string
  /** ask: a person says yes each time; deny: never. */
  readonly effect: 'ask' | 'deny'
  readonly verbs: readonly string[]
  /** The next three restrict only what has a path, a host or a command line; null: nothing is said of it. */
  readonly paths: readonly string[] | null
  readonly hosts: readonly string[] | null
  readonly commands: readonly string[] | null
  /** Sources of regular expressions over lines, case ignored: the first is found and the second is missing. */
  readonly content: {readonly has: string | null; readonly lacks: string | null} | null
  /** What the one who did it runs afterwards. */
  readonly after: string | null
  readonly lesson: string
  readonly examples: {readonly deny: readonly GuardrailExample[]; readonly allow: readonly GuardrailExample[]}
  readonly file: string
  readonly body: string
}

export interface GuardrailExample {
  readonly verb: string
  readonly target: string
  readonly content: string | null
}

/** One thing that an agent's GUARDRAILS.md says never to repeat. */
export interface Mistake {
  readonly text: string
  readonly line: number
}

/** More than this and nobody reads them. */
export const MOST_MISTAKES = 15

const pattern = field('a regular expression of at most 500 characters', (value) =>
  typeof value === 'string' && value.length <= 500 && isRegExp(value) ? value : undefined,
)
const lines = z.array(text, {error: 'a list such as [one, two]'})
const example = z.strictObject(
  {verb: text, target: text, content: text.optional()},
  {error: 'an example such as {verb: write, target: app.service}'},
)
const examples = z.array(example, {error: 'a list of examples'})

const schema = z.strictObject({
  id: field('a name of a-z, 0-9 and "-"', (value) =>
    typeof value === 'string' && /^[a-z0-9][a-z0-9-]{0,79}$/.test(value) ? value : undefined,
  ),
  effect: oneOf(['ask', 'deny']),
  verbs: z.array(text, {error: 'a list of verbs such as [write]'}).min(1, {error: 'at least one verb'}),
  paths: lines.optional(),
  hosts: lines.optional(),
  commands: lines.optional(),
  content: z
    .strictObject({has: pattern.optional(), lacks: pattern.optional()}, {error: 'a map with has and lacks'})
    .optional(),
  after: text.optional(),
  lesson: text,
  examples: z
    .strictObject({deny: examples.optional(), allow: examples.optional()}, {error: 'a map of examples'})
    .optional(),
})

/** Reads one rule; a key that nobody knows is an error here, for a guard that passes over half a rule is none. */
export function parseGuardrail(source: string, file: string): GuardrailRule {
  const fix = `git diff -- ${file}`
  const {head, body} = readFrontmatter(source, file, {fix})
  if (!head?.data) {
    throw unreadable({file, line: 1}, {expected: 'frontmatter with id, effect and verbs', got: 'none', fix})
  }
  const known = [...Object.keys(schema.shape), 'has', 'lacks', 'target', 'deny', 'allow']
  const {value} = checkDocument(schema, head, {file, data: head.data, fix, known, isRefused: () => true})
  const {content} = value
  return {
    id: value.id,
    effect: value.effect,
    verbs: value.verbs,
    paths: value.paths ?? null,
    hosts: value.hosts ?? null,
    commands: value.commands ?? null,
    content: content ? {has: content.has ?? null, lacks: content.lacks ?? null} : null,
    after: value.after ?? null,
    lesson: value.lesson,
    examples: {
      deny: (value.examples?.deny ?? []).map(toExample),
      allow: (value.examples?.allow ?? []).map(toExample),
    },
    file,
    body,
  }
}

function toExample({verb, target, content}: z.output<typeof example>): GuardrailExample {
  return {verb, target, content: content ?? null}
}

/** The entries of an agent's GUARDRAILS.md: its bullets and numbered items, or its sections where it has none. */
export function parseMistakes(source: string): Mistake[] {
  const all = source.split('\n').map((line, index) => ({text: line.trimEnd(), line: index + 1}))
  const pick = (form: RegExp): Mistake[] =>
    all.flatMap(({text: line, line: number}) => {
      const found = form.exec(line)?.[1]
      return found ? [{text: found, line: number}] : []
    })
  const items = pick(/^(?:[-*+]|\d{1,3}[.)])\s+(.+)$/)
  return items.length > 0 ? items : pick(/^#{2,6}\s+(.+)$/)
}

function isRegExp(source: string): boolean {
  try {
    return new RegExp(source, 'im') instanceof RegExp
  } catch {
    return false // the caller names the place
  }
}

import {z} from 'zod'
import {readFrontmatter} from '../kit/frontmatter.js'
import {agentName, budget, checkDocument, field, flag, oneOf, secret, text} from './schema.js'
import type {Contract, Soul} from './soul.js'

const list = z.array(text, {error: 'a list such as [one, two], or [] for none'}).optional()
const patterns = z
  .array(
    field('a path pattern relative to the home, such as wiki/**', (value) =>
      typeof value === 'string' && isPattern(value) ? value.replace(/^\.\//, '') : undefined,
    ),
    {error: 'a list of paths such as [wiki/**], or [] for none'},
  )
  .optional()

const contractSchema = z.strictObject(
  {
    reads: patterns,
    writes: patterns,
    hosts: list,
    commands: list,
    repos: list,
    may: list,
    ask: list,
    never: list,
    unsandboxed: flag.optional(),
  },
  {error: 'a map with reads, writes, may and so on'},
)

const soulSchema = z.strictObject({
  role: text.optional(),
  reports_to: agentName.optional(),
  host: text.optional(),
  route: text.optional(),
  keys: z.record(z.string(), secret, {error: 'a map such as {claude: env:DONNA_KEY}'}).optional(),
  contract: contractSchema.optional(),
  escalation: z
    .strictObject({confirms: z.array(oneOf(['P0', 'P1', 'P2', 'P3']), {error: 'a list such as [P2]'}).optional()})
    .optional(),
  warm: oneOf(['always', 'on-demand', 'scheduled']).optional(),
  budget: budget.optional(),
})

/** Keys of SOUL.md that bind the agent: what looks like a slip of one of these is refused rather than passed over. */
const BINDING = ['contract', 'reports_to', 'escalation', 'budget', 'keys', 'host']

/**
 * Reads SOUL.md. Without frontmatter it has no contract, and the default one applies; frontmatter that can't be read,
 * or a contract with a key nobody knows, is an error: a guard never guesses.
 */
export function parseSoul(source: string, file: string): Soul {
  const fix = `git diff -- ${file}`
  const {head, body, bodyLine} = readFrontmatter(source, file, {fix})
  const headLines = bodyLine - 1
  if (!head?.data) return {...NOTHING, body, headLines}
  const known = [...Object.keys(soulSchema.shape), ...Object.keys(contractSchema.shape)]
  const {value, unknown} = checkDocument(soulSchema, head, {
    file,
    data: head.data,
    fix,
    known,
    isRefused: (path, near) => path[0] === 'contract' || (near !== null && BINDING.includes(near)),
  })
  return {
    role: value.role ?? null,
    reportsTo: value.reports_to ?? null,
    host: value.host ?? null,
    route: value.route ?? null,
    keys: value.keys ?? {},
    contract: value.contract ? toContract(value.contract) : null,
    escalation: {confirms: value.escalation?.confirms ?? []},
    warm: value.warm ?? 'on-demand',
    budget: value.budget ? toBudget(value.budget) : null,
    body,
    headLines,
    unknown,
  }
}

const NOTHING = {
  role: null,
  reportsTo: null,
  host: null,
  route: null,
  keys: {},
  contract: null,
  escalation: {confirms: []},
  warm: 'on-demand',
  budget: null,
  unknown: [],
} as const

function toContract(contract: z.output<typeof contractSchema>): Contract {
  const {reads = [], writes = [], hosts = [], commands = [], repos = []} = contract
  const {may = [], ask = [], never = [], unsandboxed = false} = contract
  return {reads, writes, hosts, commands, repos, may, ask, never, unsandboxed}
}

function toBudget({usd_per_day, tokens_per_day, turns_per_day}: z.output<typeof budget>): Soul['budget'] {
  return {usdPerDay: usd_per_day ?? null, tokensPerDay: tokens_per_day ?? null, turnsPerDay: turns_per_day ?? null}
}

function isPattern(pattern: string): boolean {
  if (pattern === '' || /^[/~]|[\\\0]/.test(pattern)) return false
  return !pattern.split('/').includes('..')
}

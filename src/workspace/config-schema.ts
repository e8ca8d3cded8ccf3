import {z} from 'zod'
import {isZone} from '../kit/zone.js'
import {isAgentName} from './names.js'
import {
  agentName,
  agentNames,
  amount,
  budget,
  command,
  count,
  duration,
  field,
  flag,
  named,
  oneOf,
  secret,
  secretOrText,
  text,
  texts,
  webAddress,
  webAddressOrSecret,
} from './schema.js'

/** What may be paged: a fact that code saw, or an alert that passed its gates; never what one model thought. */
export const PAGE_EVENTS = ['outage', 'mail.urgent', 'engines', 'alert'] as const

const agentKey = {expected: 'a name of a-z, 0-9 and "-"', is: isAgentName}
const wordKey = {
  expected: 'a word of letters, digits, ".", "_" and "-"',
  is: (key: string) => /^[A-Za-z0-9][\w.-]{0,63}$/.test(key),
}
const engineKey = {
  expected: 'another name for an engine than "rules", which stands for no model at all',
  is: (key: string) => wordKey.is(key) && key !== 'rules',
}

/** Without dots: `mcp.a.b` in a contract is tool b of server a, and of no server "a.b". */
const serverKey = {
  expected: 'a word of letters, digits, "_" and "-"',
  is: (key: string) => /^[A-Za-z0-9][\w-]{0,63}$/.test(key),
}

const zone = field('a time zone such as Africa/Johannesburg', (value) =>
  typeof value === 'string' && value !== '' && isZone(value) ? value : undefined,
)
const share = field('a share of the window between 0.1 and 0.98', (value) =>
  typeof value === 'number' && value >= 0.1 && value <= 0.98 ? value : undefined,
)
const port = field('a port from 1 to 65535', (value) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65535 ? value : undefined,
)
const chat = field('a chat\'s id in quotes, such as "-100123"', (value) =>
  typeof value === 'string' && value !== '' ? value : Number.isSafeInteger(value) ? String(value) : undefined,
)
const timesOfDay = z.array(
  field('a time of day in quotes, such as "08:00"', (value) =>
    typeof value === 'string' && /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(value) ? value : undefined,
  ),
  {error: 'times of day such as ["08:00"]'},
)
const rate = field('a rate such as 60/m', (value) =>
  typeof value === 'string' && /^\d+\/[smhd]$/.test(value) ? value : undefined,
)
const folder = field('a folder inside the home, such as workspaces/donna or "."', (value) =>
  typeof value === 'string' && isInside(value) ? value.replace(/^(?:\.\/)+|\/+$/g, '') || '.' : undefined,
)
/** It becomes an argument of a program: nothing that could be taken for a flag, which nobody has trusted. */
const argument = field('a name that does not begin with "-"', (value) =>
  typeof value === 'string' && /^[^\s-]/.test(value) ? value : undefined,
)
const insidePath = field('a file inside the home, such as rehearsal.yaml', (value) =>
  typeof value === 'string' && value.trim() !== '' && isInside(value) ? value.replace(/^(?:\.\/)+/, '') : undefined,
)

const prices = z.strictObject(
  {
    input: amount,
    output: amount,
    cache_read: amount.optional(),
    cache_write: amount.optional(),
    cache_write_1h: amount.optional(),
  },
  {error: 'dollars for a million tokens, such as {input: 2, output: 10}'},
)
const engineCommon = {
  key: secret.optional(),
  base_url: webAddress.optional(),
  context: count.optional(),
  timeout: duration.optional(),
  deadline: duration.optional(),
  billing: oneOf(['metered', 'subscription']).optional(),
  usd_per_day: amount.optional(),
  tokens_per_day: amount.optional(),
  turns_per_day: amount.optional(),
  max_tokens: count.optional(),
  prices: prices.optional(),
}
const engine = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({kind: z.literal('anthropic'), model: text, ...engineCommon}),
    z.strictObject({kind: z.literal('openai'), model: text, ...engineCommon}),
    z.strictObject({
      kind: z.literal('command'),
      run: command,
      model: argument.optional(),
      speaks: oneOf(['claude', 'codex', 'gemini']).optional(),
      usd_per_turn: amount.optional(),
      ...engineCommon,
    }),
    z.strictObject({kind: z.literal('scripted'), file: insidePath, ...engineCommon}),
  ],
  {error: 'anthropic, openai, command, scripted'},
)

const channel = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('webhook'),
      url: webAddressOrSecret,
      headers: z.record(z.string(), secretOrText, {error: 'a map of headers'}).optional(),
    }),
    z.strictObject({kind: z.literal('command'), command}),
    z.strictObject({kind: z.literal('telegram'), token: secret, chat, base_url: webAddress.optional()}),
  ],
  {error: 'telegram, webhook, command'},
)

const mailCommon = {
  agent: agentName,
  escalate: text.optional(),
  folders: texts.optional(),
  digest: timesOfDay.optional(),
  rate: rate.optional(),
  since: duration.optional(),
  timeout: duration.optional(),
  addresses: texts.optional(),
  authserv: text.optional(),
}
const mailAccount = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('graph'),
      user: text,
      tenant: text,
      client_id: text,
      client_secret: secret.optional(),
      authority: webAddress.optional(),
      base_url: webAddress.optional(),
      ca: text.optional(),
      ...mailCommon,
    }),
    z.strictObject({
      kind: z.literal('imap'),
      host: text,
      port: port.optional(),
      user: text,
      password: secret.optional(),
      token: secret.optional(),
      tenant: text.optional(),
      client_id: text.optional(),
      authority: webAddress.optional(),
      tls: oneOf(['implicit', 'starttls', 'none']).optional(),
      ca: text.optional(),
      ...mailCommon,
    }),
    z.strictObject({kind: z.literal('maildir'), path: text, ...mailCommon}),
  ],
  {error: 'graph, imap, maildir'},
)

/** mcos.yaml as people write it, each section present; keys that aren't here are unknown. */
export const fleetSchema = z.strictObject({
  version: field('1, the version this mcos reads', (value) => (value === 1 ? value : undefined)).optional(),
  name: text.optional(),
  host: text.optional(),
  timezone: zone.optional(),
  rehearsal: flag.optional(),
  people: named(
    z.strictObject(
      {approves: texts.optional(), via: texts.optional()},
      {error: 'a person such as {approves: [all], via: [terminal]}'},
    ),
    agentKey,
  ),
  page: z
    .strictObject(
      {
        to: text,
        when: z.array(oneOf(PAGE_EVENTS), {error: `a list of ${PAGE_EVENTS.join(', ')}`}).optional(),
        after: duration.optional(),
      },
      {error: 'a rule such as {to: ada, when: [outage]}'},
    )
    .optional(),
  ping: webAddressOrSecret.optional(),
  engines: named(engine, engineKey),
  routes: named(texts, wordKey),
  budgets: z.strictObject({fleet: budget.optional(), agent: budget.optional()}, {error: 'budgets of fleet and agent'}),
  context: z.strictObject({flush_at: share.optional()}, {error: 'a map such as {flush_at: 0.85}'}),
  mail: z.strictObject(
    {accounts: named(mailAccount, wordKey).optional(), rules: texts.optional()},
    {error: 'a map with accounts and rules'},
  ),
  channels: named(channel, wordKey),
  mcp: named(
    z.strictObject(
      {
        command: command.optional(),
        env: z.record(z.string(), secretOrText, {error: 'a map'}).optional(),
        url: webAddressOrSecret.optional(),
        headers: z.record(z.string(), secretOrText, {error: 'a map of headers'}).optional(),
        agents: agentNames.optional(),
      },
      {error: 'a server such as {command: [npx, gsc-mcp], agents: [atlas]}'},
    ),
    serverKey,
  ),
  git: z.strictObject(
    {remote: text.optional(), push: text.optional(), filters: texts.optional()},
    {error: 'a map such as {remote: origin}'},
  ),
  agents: named(z.strictObject({path: folder}, {error: 'a map such as {path: workspaces/donna}'}), agentKey).optional(),
})

export type FleetFile = z.output<typeof fleetSchema>

/** Sections that are maps and may be left out or empty. */
export const SECTIONS = ['people', 'engines', 'routes', 'budgets', 'context', 'mail', 'channels', 'mcp', 'git'] as const

/** Relative, below the home, and not one of the folders that belong to git, to mcos or to the operator. */
function isInside(path: string): boolean {
  const parts = path.replace(/\/+$/, '').split('/')
  if (path.startsWith('/') || /[\\\0]|^~|^[A-Za-z]:/.test(path)) return false
  if (parts.includes('..') || parts.slice(1).some((part) => part === '' || part === '.')) return false
  return !parts.some((part) => /^\.(?:git|mcos)$/i.test(part)) && !/^(?:keys|guardrails)$/i.test(parts[0] ?? '')
}

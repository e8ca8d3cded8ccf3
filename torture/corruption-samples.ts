import {fixedClock} from '../src/kit/clock.js'
import {newId, newTurnId} from '../src/kit/ids.js'
import {alertEventOf, alertOf, formatAlert, formatAlertEvent} from '../src/workspace/alert-file.js'
import {approvalHash, formatAnswer, formatRequest, formatUse} from '../src/workspace/approval-file.js'
import {formatLogEntry} from '../src/workspace/daily-log.js'
import {formatMessage} from '../src/workspace/message-file.js'
import {formatReceipt, type Receipt} from '../src/workspace/receipt.js'
import {formatTask, formatTaskEvent} from '../src/workspace/task-file.js'
import {formatUsage, type UsageLine} from '../src/workspace/usage-ledger.js'
import {EMPTY_WORKSTATE, formatWorkstate} from '../src/workspace/workstate-file.js'

const clock = fixedClock('2026-11-21T08:30:00Z')
const AT = '2026-11-21T08:30:00.000Z'
const TURN = newTurnId(clock)

export const CONFIG = `version: 1
name: northwind
timezone: Africa/Johannesburg
people:
  ada: { approves: [all], via: [terminal, telegram:123456] }
page: { to: founders, when: [outage, mail.urgent, engines], after: 2m }
engines:
  claude:   { kind: anthropic, model: claude-sonnet-5-5, key: env:ANTHROPIC_API_KEY }
  local:    { kind: openai, base_url: http://127.0.0.1:11434/v1, model: qwen3:14b, context: 32000 }
routes:
  default: [claude, local, rules]
budgets:
  fleet:  { usd_per_day: 20, tokens_per_day: 4000000 }
context: { flush_at: 0.7 }
channels:
  founders: { kind: telegram, token: env:TELEGRAM_TOKEN, chat: "-100123" }
`

export const SOUL = `---
role: Comms triage
reports_to: jarvis
contract:
  reads:  [workspaces/donna/**, wiki/**]
  writes: [workspaces/donna/**]
  hosts:  [status.northwind.example]
  commands: ["npm test", "git status"]
  may:    [message, mail.label]
  ask:    [http.post]
  never:  [shell]
---
# Donna
You watch five mailboxes so that nobody else has to.
`

export const GUARDRAIL = `---
id: kill-mode
effect: deny
verbs: [write]
paths: ['**/*.service']
content:
  has: ['[Service]']
  lacks: ['KillMode=control-group']
lesson: A unit left its children running for nine days.
---
# Every unit file says it
`

export const MESSAGE = formatMessage({
  id: newId(clock),
  from: 'jarvis',
  to: 'donna',
  at: AT,
  subject: 'The boiler: again',
  priority: 'urgent',
  re: newId(clock),
  trace: ['atlas', 'jarvis'],
  hops: 2,
  expires: '2026-11-22T08:30:00.000Z',
  taint: 'mail:work',
  sig: 'c2lnbmF0dXJl',
  body: 'Please answer today.',
})

export const TASK = formatTask({
  id: newId(clock),
  title: 'Mend the import',
  createdBy: 'jarvis',
  at: AT,
  priority: 'high',
  dependsOn: [newId(clock)],
  domain: 'field-app',
  verify: {command: 'npm test'},
  body: 'The nightly import locks the whole table.',
  unknown: [],
})

export const TASK_EVENT = formatTaskEvent({
  id: newId(clock),
  at: AT,
  by: 'flow',
  kind: 'claim',
  lease: {holder: 'flow@mini', until: '2026-11-21T09:30:00Z', fence: 3},
  pass: null,
  why: 'nobody else has it',
})

export const ALERT = formatAlert(
  alertOf({
    id: newId(clock),
    at: AT,
    by: 'gene',
    hand: 'ada',
    title: 'The app answers 503',
    level: 'P2',
    evidence: ['GET /health answered 503 three times'],
    since: '2026-11-21T08:00:00Z',
    origin: ['https://status.example/app'],
    held: 'more than 5 alerts of gene within an hour',
  }),
)

export const ALERT_EVENT = formatAlertEvent(
  alertEventOf({
    id: newId(clock),
    at: AT,
    by: 'sentinel',
    kind: 'lower',
    level: 'P3',
    to: ['jarvis'],
    via: 'terminal',
    origin: ['a message of mallory'],
    clock: '2026-11-21T08:30:00Z, drift 0.4 s, https://api.example',
    repeat: true,
    why: 'it is back',
  }),
)

const deed = {verb: 'mail.send', target: 'ana@partner.example', args: {n: 1}, contract: `sha256:${'a'.repeat(64)}`}
const hash = approvalHash(deed)

export const REQUEST = formatRequest({
  id: newId(clock),
  at: AT,
  agent: 'donna',
  turn: TURN,
  ...deed,
  hash,
  expires: '2026-11-22T08:30:00Z',
  body: 'Donna wants to answer Ana.',
  unknown: [],
})

export const ANSWER = formatAnswer({by: 'ada', via: 'terminal', at: AT, answer: 'yes', hash, why: null, sig: null})

export const USE = formatUse({at: AT, turn: TURN, key: 'mail-1'})

export const WORKSTATE = formatWorkstate({
  ...EMPTY_WORKSTATE,
  head: {turn: TURN, at: AT, contextUsed: 1200, window: 200_000, engine: 'claude', resumes: 2, other: []},
  goal: 'Answer Mrs Botha.',
  plan: [
    {state: 'done', text: 'read the thread'},
    {state: 'doing', text: 'write the answer'},
  ],
  facts: ['do nothing about 14 Kloof Street until Ada says so'],
  waiting: ['Ada'],
})

const receipt: Receipt = {
  turn: TURN,
  agent: 'donna',
  trigger: 'heartbeat',
  started: AT,
  ended: AT,
  state: 'worked',
  reason: 'mail',
  checks: [{id: 'mail', status: 'changed', news: true, detail: 'two new'}],
  engine: 'claude',
  model_calls: 2,
  tokens: {input: 1200, output: 80, cache_read: 900, cache_write: 10},
  cost_usd: 0.01,
  commit: 'abc123',
  error: null,
}
export const RECEIPTS = [receipt, {...receipt, turn: newTurnId(clock)}].map(formatReceipt).join('')

const usage: UsageLine = {
  day: '2026-11-21',
  agent: 'donna',
  engine: 'claude',
  turns: 3,
  model_calls: 5,
  tokens: receipt.tokens,
  cost_usd: 0.25,
}
export const USAGE = [usage, {...usage, engine: 'local'}].map(formatUsage).join('')

export const MEMORY = `# Memory

## Customers
- Mrs Botha writes in capitals (source: memory/2026-11-20.md#L4, confidence: high)
- Hillside pays late (source: memory/2026-11-20.md#L5, confidence: medium)
`

export const LOG = [
  formatLogEntry({time: '08:30', trigger: 'heartbeat', turn: TURN, lines: ['two mails', 'one of them urgent']}),
  formatLogEntry({time: '09:00', trigger: 'note', turn: null, lines: ['by hand']}),
].join('')

import {describe, expect, test} from 'vitest'
import {isUserError} from '../kit/errors.js'
import {parseSoul} from './parse-soul.js'

const DONNA = `---
role: Comms triage
reports_to: jarvis
host: mac-mini                # runs only there
route: triage
keys: { claude: env:DONNA_ANTHROPIC_KEY }
contract:
  reads:  [workspaces/donna/**, wiki/**]
  writes: [workspaces/donna/**]
  hosts:  [status.northwind.example]
  commands: ["npm test", "git status"]
  repos:  []
  may:    [message, task.create, mail.label, mcp.search-console.query]
  ask:    [http.post]
  never:  [shell]
escalation: { confirms: [P2] }
warm: always
budget: { tokens_per_day: 150000 }
mood: dry
---
# Donna
You watch five mailboxes.
`

function failure(text: string): string {
  try {
    parseSoul(text, 'workspaces/donna/SOUL.md')
  } catch (error) {
    if (isUserError(error)) return error.message.replace('workspaces/donna/SOUL.md', 'SOUL')
    throw error
  }
  return 'read'
}

describe('reading', () => {
  test('gives identity and contract, typed, and keeps what it does not know', () => {
    const soul = parseSoul(DONNA, 'SOUL.md')
    expect(soul).toEqual({
      role: 'Comms triage',
      reportsTo: 'jarvis',
      host: 'mac-mini',
      route: 'triage',
      keys: {claude: {source: 'env', value: 'DONNA_ANTHROPIC_KEY'}},
      contract: {
        reads: ['workspaces/donna/**', 'wiki/**'],
        writes: ['workspaces/donna/**'],
        hosts: ['status.northwind.example'],
        commands: ['npm test', 'git status'],
        repos: [],
        may: ['message', 'task.create', 'mail.label', 'mcp.search-console.query'],
        ask: ['http.post'],
        never: ['shell'],
        unsandboxed: false,
      },
      escalation: {confirms: ['P2']},
      warm: 'always',
      budget: {usdPerDay: null, tokensPerDay: 150_000, turnsPerDay: null},
      body: '# Donna\nYou watch five mailboxes.\n',
      headLines: 20,
      unknown: [{path: 'mood', line: 19, near: null}],
    })
  })

  test.each([
    ['# Donna\nno header\n'],
    [''],
    ['---\n# Donna\na rule on top that never closes\n'],
    ['---\n# only a comment\n---\n# Donna\n'],
    ['---\nname: Donna\nemoji: 📬\n---\n# Donna\n'],
  ])('%j says nothing of a contract', (text) => {
    expect(parseSoul(text, 'SOUL.md')).toMatchObject({contract: null, reportsTo: null, warm: 'on-demand'})
  })
})

describe('what can not be read is refused, never "no rules"', () => {
  test.each([
    [
      '---\ncontract: [\n---\n',
      'SOUL:3:1: expected YAML, got Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['---\nprose between two rules\n---\n# Donna\n', 'SOUL:2: expected "key: value" lines, got a text'],
    ['---js\n{contract: {}}\n---\n', 'SOUL:1: expected "---" and YAML below it, got "---js"; it was not read.'],
    ['---\ncontract:\n---\n', 'SOUL:2: expected contract: a map with reads, writes, may and so on, got nothing'],
    ['---\ncontract: open\n---\n', 'SOUL:2: expected contract: a map with reads, writes, may and so on, got "open"'],
    ['---\ncontract:\n  nevr: [shell]\n---\n', 'SOUL:3: expected contract.nevr: a known key (never?), got "nevr"'],
    ['---\ncontract:\n  sing: [loudly]\n---\n', 'SOUL:3: expected contract.sing: a known key, got "sing"'],
    ['---\ncontrct: {never: [shell]}\n---\n', 'SOUL:2: expected contrct: a known key (contract?), got "contrct"'],
    [
      '---\ncontract:\n  may: message\n---\n',
      'SOUL:3: expected contract.may: a list such as [one, two], or [] for none, got "message"',
    ],
    [
      '---\ncontract:\n  never:\n---\n',
      'SOUL:3: expected contract.never: a list such as [one, two], or [] for none, got nothing',
    ],
    [
      '---\ncontract:\n  reads: [../**]\n---\n',
      'SOUL:3: expected contract.reads.0: a path pattern relative to the home, such as wiki/**, got "../**"',
    ],
    [
      '---\ncontract:\n  writes: [/etc/**]\n---\n',
      'SOUL:3: expected contract.writes.0: a path pattern relative to the home, such as wiki/**, got "/etc/**"',
    ],
    ['---\ncontract:\n  unsandboxed: yes\n---\n', 'SOUL:3: expected contract.unsandboxed: true or false, got "yes"'],
    ['---\nreports_to: ../x\n---\n', 'SOUL:2: expected reports_to: a name of a-z, 0-9 and "-", got "../x"'],
    ['---\nwarm: hot\n---\n', 'SOUL:2: expected warm: always, on-demand, scheduled, got "hot"'],
    ['---\nescalation: {confirms: [P5]}\n---\n', 'SOUL:2: expected escalation.confirms.0: P0, P1, P2, P3, got "P5"'],
    [
      '---\nkeys: {claude: sk-ant-1}\n---\n',
      'SOUL:2: expected keys.claude: a reference, as a secret is never a value: env:NAME, file:PATH, command:…, credential:NAME, keyring:NAME, got a plain value',
    ],
  ])('%j', (text, message) => {
    expect(failure(text)).toBe(message)
  })
})

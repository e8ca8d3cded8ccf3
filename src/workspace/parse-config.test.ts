import {describe, expect, test} from 'vitest'
import {isUserError} from '../kit/errors.js'
import {parseConfig} from './parse-config.js'

const NORTHWIND = `version: 1
name: northwind
host: mac-mini                      # this machine
timezone: Africa/Johannesburg
people:
  ada: { approves: [all], via: [terminal, telegram:123456] }
  ben: { approves: [mail, money], via: [telegram:777] }
page: { to: founders, when: [outage, mail.urgent, engines], after: 2m }
ping: https://hc.example/uuid
engines:
  claude:   { kind: anthropic, model: claude-sonnet-5-5, key: env:ANTHROPIC_API_KEY }
  deepseek: { kind: openai, base_url: https://api.deepseek.com, model: deepseek-chat, key: env:DEEPSEEK_API_KEY, context: 64000 }
  local:    { kind: openai, base_url: http://127.0.0.1:11434/v1, model: qwen3:14b, context: 32000 }
  code:     { kind: command, run: claude, timeout: 120s, billing: subscription, turns_per_day: 200 }
routes:
  default: [claude, deepseek, local, rules]
  triage:  [local, claude, rules]
budgets:
  fleet:  { usd_per_day: 20, tokens_per_day: 4000000 }
  agent:  { tokens_per_day: 400000, usd_per_day: 3 }
context: { flush_at: 0.85 }
mail:
  accounts:
    work:   { kind: graph, user: ada@northwind.example, tenant: t, client_id: c, agent: donna, escalate: jarvis, since: 7d }
    home:   { kind: imap, host: imap.example, user: ada, password: env:HOME_MAIL, agent: donna, escalate: jarvis, timeout: 30s }
    local:  { kind: maildir, path: ~/Mail/INBOX, agent: donna }
channels:
  founders: { kind: telegram, token: env:TELEGRAM_TOKEN, chat: "-100123" }
mcp:
  search-console: { command: [npx, gsc-mcp], env: { KEY: env:GSC_KEY }, agents: [atlas] }
  wiki: { url: https://wiki.example/mcp, headers: { x-key: env:WIKI_KEY } }
git: { remote: origin, push: after-sync, filters: [] }
`

function failure(text: string): string {
  try {
    parseConfig(text, 'mcos.yaml')
  } catch (error) {
    if (isUserError(error)) return error.message
    throw error
  }
  return 'read'
}

describe('reading', () => {
  test('gives every promised value, typed, with units in its name', () => {
    const config = parseConfig(NORTHWIND, 'mcos.yaml')
    expect(config).toMatchObject({
      version: 1,
      name: 'northwind',
      host: 'mac-mini',
      timezone: 'Africa/Johannesburg',
      people: {ben: {approves: ['mail', 'money'], via: ['telegram:777']}},
      page: {to: 'founders', when: ['outage', 'mail.urgent', 'engines'], afterMs: 120_000},
      ping: 'https://hc.example/uuid',
      budgets: {fleet: {usdPerDay: 20, tokensPerDay: 4_000_000, turnsPerDay: null}},
      context: {flushAt: 0.85},
      channels: {founders: {kind: 'telegram', token: {source: 'env', value: 'TELEGRAM_TOKEN'}, chat: '-100123'}},
      mcp: {
        'search-console': {command: ['npx', 'gsc-mcp'], env: {KEY: {source: 'env', value: 'GSC_KEY'}}},
        wiki: {url: 'https://wiki.example/mcp', headers: {'x-key': {source: 'env', value: 'WIKI_KEY'}}, agents: []},
      },
      git: {remote: 'origin', push: 'after-sync', filters: []},
      agents: null,
      unknown: [],
    })
    expect(config.engines['code']).toEqual({
      kind: 'command',
      run: ['claude'],
      model: null,
      speaks: null,
      usdPerTurn: 1,
      baseUrl: null,
      key: null,
      context: null,
      timeoutMs: 120_000,
      deadlineMs: 600_000,
      billing: 'subscription',
      budget: {usdPerDay: null, tokensPerDay: null, turnsPerDay: 200},
      maxTokens: null,
      prices: null,
    })
    expect(config.mail.accounts['home']).toMatchObject({tls: 'implicit', timeoutMs: 30_000, sinceMs: null})
  })

  test('is plain JSON, so that a cache may keep it', () => {
    const config = parseConfig(NORTHWIND, 'mcos.yaml')
    expect(JSON.parse(JSON.stringify(config))).toEqual(config)
  })

  test('a flat home needs no more than its agent', () => {
    const config = parseConfig('agents: { donna: { path: . } }\n', 'mcos.yaml', {name: 'donna-home'})
    expect(config).toMatchObject({
      name: 'donna-home',
      timezone: 'UTC',
      agents: {donna: {path: '.'}},
      routes: {default: ['rules']},
    })
  })

  test('rules always stands last, and sections that are commented out are empty', () => {
    const config = parseConfig(
      'version: 1\nengines:\n  a: {kind: openai, model: m}\nchannels:\n  # none yet\n',
      'mcos.yaml',
    )
    expect(config.routes).toEqual({default: ['a', 'rules']})
    expect(config.channels).toEqual({})
  })

  test('a page rule that names no events pages about all of them, at once', () => {
    const {page} = parseConfig(`${FOUNDERS}page: {to: founders}\n`, 'mcos.yaml')
    expect(page).toEqual({to: 'founders', when: ['outage', 'mail.urgent', 'engines', 'alert'], afterMs: 0})
  })

  test('unknown keys are listed with their line and what was likely meant', () => {
    const {unknown} = parseConfig(
      'version: 1\nbudgts: {}\nengines:\n  a: {kind: openai, model: m, modle: x, shiny: 1}\n',
      'mcos.yaml',
    )
    expect(unknown).toEqual([
      {path: 'engines.a.modle', line: 4, near: 'model'},
      {path: 'engines.a.shiny', line: 4, near: null},
      {path: 'budgts', line: 2, near: 'budgets'},
    ])
  })

  test('a key that is known in another place is not said to be meant for itself', () => {
    const {unknown} = parseConfig('version: 1\nusd_per_day: 5\n', 'mcos.yaml')
    expect(unknown).toEqual([{path: 'usd_per_day', line: 2, near: null}])
  })
})

const FOUNDERS = 'channels: {founders: {kind: command, command: [ntfy]}}\n'

describe('what is wrong is named with its line', () => {
  test.each([
    ['', 'mcos.yaml:1: expected "key: value" lines, got an empty file'],
    ['# only a comment\n', 'mcos.yaml:1: expected "key: value" lines, got an empty file'],
    ['- a\n', 'mcos.yaml:1: expected "key: value" lines, got a list'],
    ['{}\n', 'mcos.yaml:1: expected "key: value" lines, got an empty map'],
    ['version: 2\n', 'mcos.yaml:1: expected version: 1, the version this mcos reads, got 2'],
    [
      'version: 1\ntimezone: Mars/Olympus\n',
      'mcos.yaml:2: expected timezone: a time zone such as Africa/Johannesburg, got "Mars/Olympus"',
    ],
    ['version: 1\ntimezone:\n', 'mcos.yaml:2: expected timezone: a time zone such as Africa/Johannesburg, got nothing'],
    ['version: 1\nrehearsal: maybe\n', 'mcos.yaml:2: expected rehearsal: true or false, got "maybe"'],
    ['people:\n  Ada: {}\n', 'mcos.yaml:2: expected people.Ada: a name of a-z, 0-9 and "-", got "Ada"'],
    ['people: [ada]\n', 'mcos.yaml:1: expected people: a map of names, got a list'],
    [
      'people:\n  ada: {approves: all}\n',
      'mcos.yaml:2: expected people.ada.approves: a list such as [one, two], got "all"',
    ],
    [
      `${FOUNDERS}page: {to: founders, after: 120}\n`,
      'mcos.yaml:2: expected page.after: a duration such as 30s, 2m, 1h or 7d, got 120',
    ],
    [
      `${FOUNDERS}page: {to: founders, after: 2 minutes}\n`,
      'mcos.yaml:2: expected page.after: a duration such as 30s, 2m, 1h or 7d, got "2 minutes"',
    ],
    [
      `${FOUNDERS}page: {to: foundres}\n`,
      'mcos.yaml:2: expected page.to: a channel or a person of this file (founders?), got "foundres"',
    ],
    [
      `${FOUNDERS}page:\n  to: founders\n  when:\n    - outge\n`,
      'mcos.yaml:5: expected page.when.0: outage, mail.urgent, engines, alert, got "outge"',
    ],
    ['page: {when: [outage]}\n', 'mcos.yaml:1: expected page.to: a text, got nothing'],
    [
      'engines:\n  a:\n    kind: anthropic\n    model: m\n    key: sk-ant-abc123\n',
      'mcos.yaml:5: expected engines.a.key: a reference, as a secret is never a value: env:NAME, file:PATH, command:…, credential:NAME, keyring:NAME, got a plain value',
    ],
    [
      'engines:\n  a: {kind: gpt, model: m}\n',
      'mcos.yaml:2: expected engines.a.kind: anthropic, openai, command, scripted, got "gpt"',
    ],
    [
      'engines:\n  a: {model: m}\n',
      'mcos.yaml:2: expected engines.a.kind: anthropic, openai, command, scripted, got nothing',
    ],
    ['engines:\n  a: claude\n', 'mcos.yaml:2: expected engines.a: anthropic, openai, command, scripted, got "claude"'],
    [
      'engines:\n  rules: {kind: openai, model: m}\n',
      'mcos.yaml:2: expected engines.rules: another name for an engine than "rules", which stands for no model at all, got "rules"',
    ],
    [
      'engines:\n  a: {kind: openai, model: m, base_url: api.example}\n',
      'mcos.yaml:2: expected engines.a.base_url: a web address that begins with http:// or https://, got "api.example"',
    ],
    [
      'engines:\n  c: {kind: command, run: "claude | tee x"}\n',
      'mcos.yaml:2: expected engines.c.run: a program and its arguments, such as [npx, gsc-mcp], got "claude | tee x"',
    ],
    [
      'engines:\n  g: {kind: command, run: gemini, model: --yolo}\n',
      'mcos.yaml:2: expected engines.g.model: a name that does not begin with "-", got "--yolo"',
    ],
    [
      'engines:\n  r: {kind: scripted, file: ../elsewhere.yaml}\n',
      'mcos.yaml:2: expected engines.r.file: a file inside the home, such as rehearsal.yaml, got "../elsewhere.yaml"',
    ],
    ['mcp:\n  a: {agents: [atlas]}\n', 'mcos.yaml:2: expected mcp.a: either command or url, got a map'],
    [
      'mcp:\n  a: {command: x, url: "https://a.example"}\n',
      'mcos.yaml:2: expected mcp.a: either command or url, got a map',
    ],
    [
      'mcp:\n  a: {command: x, headers: {k: v}}\n',
      'mcos.yaml:2: expected mcp.a.headers: env, as headers are for a url, got a map',
    ],
    ['mcp:\n  a.b: {command: x}\n', 'mcos.yaml:2: expected mcp.a.b: a word of letters, digits, "_" and "-", got "a.b"'],
    [
      'engines:\n  claude: {kind: openai, model: m}\nroutes:\n  default:\n    - cluade\n',
      'mcos.yaml:5: expected routes.default.0: an engine of this file (claude?), got "cluade"',
    ],
    [
      'engines:\n  a: {kind: openai, model: m}\nroutes: {default: [rules, a]}\n',
      'mcos.yaml:3: expected routes.default.0: "rules" as the last of its route, got "rules"',
    ],
    [
      'budgets: {fleet: {usd_per_day: lots}}\n',
      'mcos.yaml:1: expected budgets.fleet.usd_per_day: a number from 0, got "lots"',
    ],
    [
      'budgets: {fleet: {usd_per_day: -1}}\n',
      'mcos.yaml:1: expected budgets.fleet.usd_per_day: a number from 0, got -1',
    ],
    [
      'context: {flush_at: 85}\n',
      'mcos.yaml:1: expected context.flush_at: a share of the window between 0.1 and 0.98, got 85',
    ],
    [
      'channels:\n  f: {kind: telegram, token: "123:abc", chat: "1"}\n',
      'mcos.yaml:2: expected channels.f.token: a reference, as a secret is never a value: env:NAME, file:PATH, command:…, credential:NAME, keyring:NAME, got a plain value',
    ],
    [
      'mail:\n  accounts:\n    h: {kind: imap, host: mail.example, user: a, password: hunter2, agent: donna}\n',
      'mcos.yaml:3: expected mail.accounts.h.password: a reference, as a secret is never a value: env:NAME, file:PATH, command:…, credential:NAME, keyring:NAME, got a plain value',
    ],
    [
      'mail:\n  accounts:\n    h: {kind: imap, host: mail.example, user: a, password: env:P, agent: donna, tls: none}\n',
      'mcos.yaml:3: expected mail.accounts.h.tls: "implicit" or "starttls", as "none" is for this machine itself, got "none"',
    ],
    [
      'mail:\n  accounts:\n    h: {kind: maildir, path: x, agent: dona}\nagents: {donna: {path: .}}\n',
      'mcos.yaml:3: expected mail.accounts.h.agent: an agent of this file (donna?), got "dona"',
    ],
    [
      'agents: {donna: {path: ../elsewhere}}\n',
      'mcos.yaml:1: expected agents.donna.path: a folder inside the home, such as workspaces/donna or ".", got "../elsewhere"',
    ],
    [
      'agents: {donna: {path: /srv/donna}}\n',
      'mcos.yaml:1: expected agents.donna.path: a folder inside the home, such as workspaces/donna or ".", got "/srv/donna"',
    ],
    [
      'agents: {donna: {path: .git/x}}\n',
      'mcos.yaml:1: expected agents.donna.path: a folder inside the home, such as workspaces/donna or ".", got ".git/x"',
    ],
    [
      'agents:\n  a: {path: bots/x}\n  b: {path: bots/X}\n',
      'mcos.yaml:3: expected agents.b.path: a folder of its own, got "bots/X"',
    ],
    ['agents: {"../x": {path: a}}\n', 'mcos.yaml:1: expected agents.../x: a name of a-z, 0-9 and "-", got "../x"'],
    [
      'people: {ada: {}}\nagents: {ada: {path: a}}\n',
      'mcos.yaml:1: expected people.ada: another name than an agent has, got a map',
    ],
    [
      'version: 1\nname: [\n',
      'mcos.yaml:3:1: expected YAML, got Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
  ])('%j', (text, message) => {
    expect(failure(text)).toBe(message)
  })

  test('a secret that stands where its reference belongs is never repeated', () => {
    const message = failure('engines:\n  a: {kind: openai, model: m, key: sk-live-0123456789}\n')
    expect(message).not.toContain('0123456789')
  })

  test('of several faults the topmost is told', () => {
    expect(failure('version: 1\nrehearsal: 3\ntimezone: x\nname: []\n')).toMatch(/^mcos\.yaml:2: /)
  })
})

import {describe, expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {presentConfig, presentConfigCheck} from '../present/config.js'
import {checkConfig, showConfig} from './config.js'

async function shown(text: string) {
  const scene = openScene({files: {'mcos.yaml': text}})
  const report = showConfig(await scene.open())
  const values = Object.fromEntries(report.values.map(({key, value, source}) => [key, [value, source]]))
  return {values, text: presentConfig(report)}
}

describe('the configuration read back', () => {
  test('names for each value its line, or that it is a default', async () => {
    const {values} = await shown('version: 1\nname: northwind\nhost: mini\nbudgets:\n  agent: { usd_per_day: 3 }\n')
    expect(values).toMatchObject({
      name: ['northwind', 'mcos.yaml:2'],
      host: ['mini', 'mcos.yaml:3'],
      'budgets.agent.usd_per_day': [3, 'mcos.yaml:5'],
      timezone: ['UTC', 'default'],
      'context.flush_at': [0.85, 'default'],
      'routes.default': [['rules'], 'default'],
      rehearsal: [false, 'default'],
    })
  })

  test('shows references to secrets as they are', async () => {
    const {values} = await shown(
      'version: 1\nchannels:\n  founders: { kind: telegram, token: env:TELEGRAM_TOKEN, chat: "-100123" }\nmcp:\n  search: { command: [npx, gsc], env: { KEY: "file:~/gsc.key" } }\n',
    )
    expect(values['channels.founders.token']?.[0]).toBe('env:TELEGRAM_TOKEN')
    expect(values['channels.founders.chat']?.[0]).toBe('-100123')
    expect(values['mcp.search.env.KEY']?.[0]).toBe('file:~/gsc.key')
  })

  test('shows mail accounts and the rules of the fleet, and no password that somebody wrote into them', async () => {
    const {values, text} = await shown(
      [
        'version: 1',
        'mail:',
        '  accounts:',
        '    work: { kind: graph, user: a@b.example, tenant: t, client_id: c, client_secret: env:WORK, agent: donna }',
        '    home: { kind: imap, host: imap.example, user: ada, token: "command:oama access ada", agent: donna, ca: ca.pem,',
        '      addresses: [ada@home.example], authserv: mx.example }',
        '  rules: ["from *@bank.example → urgent, tell jarvis"]',
        'note: { mail: { password: opensesame9 } }',
        '',
      ].join('\n'),
    )
    expect(values).toMatchObject({
      'mail.accounts.work.client_secret': ['env:WORK', 'mcos.yaml:4'],
      'mail.accounts.home.token': ['command:oama access ada', 'mcos.yaml:5'],
      'mail.accounts.home.ca': ['ca.pem', 'mcos.yaml:5'],
      'mail.accounts.home.addresses': [['ada@home.example'], 'mcos.yaml:6'],
      'mail.accounts.home.authserv': ['mx.example', 'mcos.yaml:6'],
      'mail.rules': [['from *@bank.example → urgent, tell jarvis'], 'mcos.yaml:7'],
    })
    expect(text).not.toContain('opensesame9')
  })

  test('never shows what looks like a secret itself, whatever key it stands under', async () => {
    const token = `ghp_${'a1B2'.repeat(9)}`
    const {text} = await shown(
      [
        'version: 1',
        'mcp:',
        `  one: { command: [npx, --token, ${token}] }`,
        '  two: { command: [npx], env: { API_KEY: hunter2hunter2 } }',
        'channels:',
        '  hook: { kind: webhook, url: "https://hooks.example/T0/B1/privatepath", headers: { X-Token: opensesame } }',
        'ping: https://hc.example/0c1d-private',
        'note: { password: swordfish }',
        '',
      ].join('\n'),
    )
    for (const secret of [token, 'hunter2hunter2', 'privatepath', 'opensesame', '0c1d-private', 'swordfish']) {
      expect(text).not.toContain(secret)
    }
    expect(text).toContain('https://hooks.example/…')
  })
})

test('config check tells what is wrong, what is unknown and what was guessed, each with its place', async () => {
  const scene = openScene({
    files: {
      'mcos.yaml': 'version: 1\nname: northwind\nbugdets: {}\n',
      'workspaces/donna/SOUL.md': '---\ncontract:\n  mya: [message]\n---\n# Donna\n',
      'workspaces/donna/HEARTBEAT.md': '## Morning brief (8-10 AM)\nLook\n',
      'workspaces/jarvis/SOUL.md': '---\ncontract: 7\n---\n# Jarvis\n',
      'workspaces/No Agent/notes.md': 'hello\n',
    },
  })
  const check = checkConfig(await scene.open())
  expect(check).toMatchObject({ok: false, files: 5})
  const text = presentConfigCheck(check)
  for (const place of [
    'mcos.yaml:3',
    'workspaces/donna/HEARTBEAT.md:1',
    'workspaces/jarvis/SOUL.md:2',
    'workspaces/No Agent',
  ]) {
    expect(text).toContain(place)
  }
})

test('rules for mail are read with the rest: what no rule is stops, a name of nobody is said', async () => {
  const scene = openScene({
    files: {
      'mcos.yaml': 'version: 1\nmail:\n  rules:\n    - from *@bank.example → urgent, tell jarvs\n',
      'workspaces/donna/MAIL.md': '# Mail\n\n- from *@a.example → urgentest\n- from *@b.example → newsletter\n',
    },
  })
  const {ok, problems, warnings} = checkConfig(await scene.open())
  expect(ok).toBe(false)
  expect(problems.map(({message}) => message)).toEqual([expect.stringMatching(/^workspaces\/donna\/MAIL\.md:3: /)])
  expect(warnings).toContainEqual({
    message: 'mcos.yaml:4: there is no agent and no channel "jarvs" to be told: did you mean jarvis?',
    fix: expect.stringContaining('mcos.yaml'),
  })
})

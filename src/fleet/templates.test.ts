import {expect, test} from 'vitest'
import type {HeartbeatFile} from '../schedule/check.js'
import {parseHeartbeat} from '../schedule/parse-heartbeat.js'
import {parseConfig} from '../workspace/parse-config.js'
import {parseSoul} from '../workspace/parse-soul.js'
import {planWorkspace} from './plan-workspace.js'
import {AGENT_TEMPLATES, capitalised, listFleetTemplates, readFleetTemplate} from './read-template.js'
import {openShipped} from './shipped.js'

const shipped = openShipped()
const ROLES = [...AGENT_TEMPLATES, 'main']

/** What goes before every question of a turn: it is paid for at each of them. */
const PREFIX_FILES = /\/(SOUL|AGENTS|GUARDRAILS|USER|MEMORY)\.md$/
const MOST_PREFIX_CHARACTERS = 8000

function filesOf(template: string): Map<string, string> {
  const changes = planWorkspace(shipped, {
    template,
    name: 'field-app',
    path: 'workspaces/field-app',
    fleet: 'northwind',
    person: 'ada',
    reportsTo: 'jarvis',
    team: ['jarvis: orchestrator'],
  })
  return new Map(changes.map((change) => [change.kind === 'write' ? change.path : '', contentOf(change)]))
}

function contentOf(change: {kind: string; content?: string}): string {
  return change.content ?? ''
}

test.each(ROLES)('%s makes a whole workspace with nothing left open', (role) => {
  const files = filesOf(role)
  expect([...files.keys()].map((path) => path.split('/').at(-1))).toEqual([
    'SOUL.md',
    'AGENTS.md',
    'USER.md',
    'GUARDRAILS.md',
    'HEARTBEAT.md',
    'MEMORY.md',
  ])
  for (const [path, text] of files) {
    expect(text, path).not.toMatch(/\{\{|\}\}/)
    expect(text.endsWith('\n'), path).toBe(true)
  }
})

test.each(ROLES)('the soul of %s reads as a contract that stays in its own folder', (role) => {
  const soul = parseSoul(filesOf(role).get('workspaces/field-app/SOUL.md') ?? '', 'SOUL.md')
  expect(soul.unknown).toEqual([])
  expect(soul.reportsTo).toBe('jarvis')
  expect(soul.contract?.never).toContain('shell')
  expect(soul.contract?.writes[0]).toBe('workspaces/field-app/**')
  expect(soul.body).toContain('# Field App')
})

test.each(ROLES)('%s stays small enough to be sent at every turn, with at most 15 guardrails', (role) => {
  const files = [...filesOf(role)]
  const prefix = files.filter(([path]) => PREFIX_FILES.test(path)).reduce((sum, [, text]) => sum + text.length, 0)
  expect(prefix).toBeLessThan(MOST_PREFIX_CHARACTERS)
  const guardrails = files.find(([path]) => path.endsWith('/GUARDRAILS.md'))?.[1] ?? ''
  expect(guardrails.match(/^- /gm)?.length).toBeLessThanOrEqual(15)
})

test('an agent that reports to nobody has no such line, and speaks of its person instead', () => {
  const soul = planWorkspace(shipped, {
    template: 'comms',
    name: 'donna',
    path: 'workspaces/donna',
    fleet: 'northwind',
    person: 'ada',
    reportsTo: null,
    team: [],
  })[0]
  const text = soul?.kind === 'write' ? soul.content : ''
  expect(text).not.toContain('reports_to')
  expect(text).toContain('Urgent things reach ada within one beat')
})

test('a role given by a person replaces the template\u2019s own, however it is written', () => {
  const [soul] = planWorkspace(shipped, {
    template: 'engineer',
    name: 'x',
    path: 'workspaces/x',
    fleet: 'f',
    person: 'ada',
    reportsTo: null,
    team: [],
    role: 'Reviews: {everything} & "more"',
  })
  const text = soul?.kind === 'write' ? soul.content : ''
  expect(parseSoul(text, 'SOUL.md').role).toBe('Reviews: {everything} & "more"')
})

test('mission control has one in charge, whom all others report to', () => {
  const {agents} = readFleetTemplate(shipped, 'mission-control')
  expect(agents.map(({name, role, reportsTo}) => `${name} ${role} ${reportsTo}`)).toEqual([
    'jarvis orchestrator null',
    'donna comms jarvis',
    'gene operations jarvis',
    'sentinel security jarvis',
    'flow engineer jarvis',
  ])
})

test('only security confirms P2 and only the orchestrator P1 and P0', () => {
  const confirms = Object.fromEntries(
    ROLES.map((role) => [
      role,
      parseSoul(filesOf(role).get('workspaces/field-app/SOUL.md') ?? '', role).escalation.confirms,
    ]),
  )
  expect(confirms).toEqual({
    blank: [],
    orchestrator: ['P1', 'P0'],
    comms: [],
    operations: [],
    security: ['P2'],
    engineer: [],
    main: [],
  })
})

test('an unknown fleet template names the near one', () => {
  expect(listFleetTemplates(shipped)).toEqual(['mission-control', 'northwind', 'solo'])
  expect(() => readFleetTemplate(shipped, 'soloo')).toThrow('There is no fleet template "soloo".')
})

test('the sample fleet reads as it stands', () => {
  const config = parseConfig(shipped.readText('workspaces/mcos.yaml') ?? '', 'mcos.yaml')
  expect(config.unknown).toEqual([])
  expect(Object.keys(config.agents ?? {})).toEqual(['jarvis', 'donna', 'gene', 'sentinel', 'flow'])
  for (const name of Object.keys(config.agents ?? {})) {
    const soul = parseSoul(shipped.readText(`workspaces/${name}/SOUL.md`) ?? '', `${name}/SOUL.md`)
    expect(soul.unknown).toEqual([])
    expect(soul.reportsTo).toBe(name === 'jarvis' ? null : 'jarvis')
  }
})

test('a name with a dash is spoken of in words', () => {
  expect(capitalised('field-app')).toBe('Field App')
})

test.each(ROLES)(
  'the heartbeat of %s is read without a guess or a warning, and asks for no probe that is not built',
  (role) => {
    const heartbeat = parseHeartbeat(filesOf(role).get('workspaces/field-app/HEARTBEAT.md') ?? '', 'HEARTBEAT.md')
    expectCertain(heartbeat)
    expect(heartbeat.checks[0]).toMatchObject({title: 'Every heartbeat', cadence: {kind: 'every-beat'}})
  },
)

test.each(['jarvis', 'donna', 'gene', 'sentinel', 'flow'])('so is the heartbeat of %s in the sample fleet', (name) => {
  expectCertain(parseHeartbeat(shipped.readText(`workspaces/${name}/HEARTBEAT.md`) ?? '', 'HEARTBEAT.md'))
})

test('the sample fleet shows every probe but the clock, and one recovery', () => {
  const checks = ['jarvis', 'donna', 'gene', 'sentinel', 'flow'].flatMap(
    (name) => parseHeartbeat(shipped.readText(`workspaces/${name}/HEARTBEAT.md`) ?? '', 'HEARTBEAT.md').checks,
  )
  const words = new Set(checks.flatMap(({probes}) => probes.map(({word}) => word)))
  expect([...words].sort()).toEqual(['disk', 'files', 'git', 'http', 'inbox', 'mail', 'run'])
  expect(checks.flatMap(({recover}) => (recover ? [recover.text] : []))).toEqual(['touch dispatch.restart'])
})

function expectCertain({checks, warnings, isEmpty}: HeartbeatFile): void {
  expect(warnings).toEqual([])
  expect(isEmpty).toBe(false)
  expect(checks.filter(({guess}) => guess !== null)).toEqual([])
  for (const {probes} of checks) for (const {word} of probes) expect(['tasks', 'metric']).not.toContain(word)
}

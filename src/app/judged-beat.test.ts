import {afterEach, describe, expect, test} from 'vitest'
import {openScene, type Scene} from '../../testing/heartbeat-scene.js'
import {asksFor, html, type Script, says, silence} from '../../testing/model-server/behaviour.js'
import {fails, spendLimit} from '../../testing/model-server/problem.js'
import {type ModelServer, startModelServer} from '../../testing/model-server/server.js'
import {contextOf} from './context.js'
import {examine} from './doctor.js'
import {showOneTurn} from './history.js'

const servers: ModelServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

interface Sent {
  readonly tools: readonly {name: string; description: string; input_schema: unknown}[]
  readonly system: readonly {text: string}[]
  readonly messages: readonly {content: readonly {text: string}[]}[]
}

const HEARTBEAT = [
  '## Morning brief (daily 08:00)',
  'What did yesterday leave open?',
  '## Suppliers (daily 08:00)',
  'Is anybody late?',
  '## Team (daily 08:00)',
  'Who waits for us?',
  '',
].join('\n')

interface Options {
  readonly more?: string
  readonly key?: string
  readonly page?: boolean
  /** How long an engine may be silent. */
  readonly patience?: string
}

/** A fleet whose donna has three judgement checks and a route to loopback models: claude, then local. */
async function fleetOn(script: Script, {more = '', key = 'sk-test', page = false, patience = '60s'}: Options = {}) {
  const server = await startModelServer({script})
  servers.push(server)
  const scene = openScene({
    files: {
      'mcos.yaml': [
        'version: 1',
        'name: northwind',
        'engines:',
        `  claude: { kind: anthropic, model: claude-sonnet-5-5, base_url: "${server.url}", key: env:KEY, timeout: ${patience}, deadline: 120s }`,
        `  local: { kind: openai, model: qwen3, base_url: "${server.url}/v1", context: 32000, timeout: ${patience} }`,
        'routes: { default: [claude, local] }',
        ...(page
          ? [
              'channels: { log: { kind: command, command: [tee, -a, pages.txt] } }',
              'page: { to: log, when: [engines] }',
            ]
          : []),
        more,
        '',
      ].join('\n'),
      'workspaces/donna/SOUL.md':
        '---\nreports_to: jarvis\ncontract:\n  reads: [workspaces/donna/**]\n  writes: [workspaces/donna/**]\n  may: [message]\n---\n# Donna\n',
      'workspaces/donna/HEARTBEAT.md': HEARTBEAT,
      'workspaces/donna/MEMORY.md': `# Memory\n\n## customers\n${'- Hoffmann pays late (source: memory/2026-03-05.md#L12, confidence: high)\n'.repeat(80)}`,
    },
    env: key === '' ? {} : {KEY: key},
  })
  const beat = async (signal?: AbortSignal) => {
    const result = await scene.beat(['donna'], {engines: 'configured', ...(signal ? {signal} : {})})
    const [report] = result.report.agents
    if (!report) throw new Error('no report')
    return {report, isTold: result.tellable.has('donna')}
  }
  const asked = () => server.requests.filter(({wire}) => wire === 'messages' || wire === 'chat')
  return {scene, server, beat, asked}
}

/** Nothing is left of a beat but its commit: no lock, no journal, no reservation, no uncommitted file. */
function expectClean(scene: Scene): void {
  expect(scene.list('.mcos/locks').filter((name) => name.endsWith('.lock'))).toEqual([])
  expect(scene.list('.mcos/journal').filter((name) => name.endsWith('.json'))).toEqual([])
  expect(scene.list('.mcos/underway')).toEqual([])
  expect(scene.git('status', '--porcelain')).toBe('')
  for (const book of scene.list('.mcos/budget').filter((name) => name.endsWith('.json'))) {
    expect(JSON.parse(scene.read(`.mcos/budget/${book}`))).toMatchObject({open: []})
  }
}

describe('a heartbeat with three judgement checks', () => {
  test('asks once, answers all three, is one commit with its cost, and the next beat reads its prefix from the cache', async () => {
    const {scene, beat, asked} = await fleetOn(
      [says('Nothing open. Hoffmann is late. Ben waits.'), says('As before.')],
      {
        more: 'timezone: UTC',
      },
    )
    scene.write('workspaces/donna/HEARTBEAT.md', HEARTBEAT.replaceAll('daily 08:00', 'every 20 minutes'))
    scene.commitAll()
    const before = scene.countCommits()
    const {report} = await beat()
    expect(report).toMatchObject({state: 'worked', engine: 'claude', model_calls: 1, error: null})
    expect(report.checks.map(({status}) => status)).toEqual(['asked', 'asked', 'asked'])
    expect(report.cost_usd).toBeGreaterThan(0)
    expect(scene.countCommits()).toBe(before + 1)
    const trailers = scene.git('log', '-1', '--format=%(trailers)')
    expect(trailers).toContain('Mcos-Engine: claude')
    expect(trailers).toContain(`Mcos-Cost-USD: ${report.cost_usd}`)
    scene.clock.advance(20 * 60_000)
    const second = await beat()
    expect(asked()).toHaveLength(2)
    const [one, two] = asked().map(({body}) => body as {system: unknown; tools: unknown})
    expect(JSON.stringify([two?.system, two?.tools])).toBe(JSON.stringify([one?.system, one?.tools]))
    expect(report.tokens.cache_write).toBeGreaterThan(1024)
    expect(second.report.tokens.cache_read).toBe(report.tokens.cache_write)
    expectClean(scene)
  })

  test('is sent byte for byte what mcos context shows', async () => {
    const {scene, beat, asked} = await fleetOn([says('Fine.')])
    const shown = await contextOf(await scene.open(), 'donna', {purpose: 'heartbeat'})
    await beat()
    const body = asked()[0]?.body as unknown as Sent
    const tools = body.tools.map(({name, description, input_schema}) => ({name, description, schema: input_schema}))
    const text = [body.system, body.messages[0]?.content ?? []].flat().map((block) => block.text)
    expect([JSON.stringify(tools), ...text].join('\n')).toBe(shown.text)
  })

  test('due at every beat reads its prefix from the cache at the second one already', async () => {
    const {scene, beat} = await fleetOn(() => says('Fine.'))
    scene.write('workspaces/donna/HEARTBEAT.md', HEARTBEAT.replaceAll('daily 08:00', 'every heartbeat'))
    scene.commitAll()
    const first = await beat()
    scene.clock.advance(30 * 60_000)
    const second = await beat()
    expect(first.report.tokens.cache_write).toBeGreaterThan(1024)
    expect(second.report.tokens.cache_read).toBe(first.report.tokens.cache_write)
  })

  test('with nothing to report makes no commit, and show names where it can be read', async () => {
    const {scene, beat} = await fleetOn([says('HEARTBEAT_OK')])
    const {report} = await beat()
    expect(report).toMatchObject({reason: 'nothing to report', commit: null})
    await expect(showOneTurn(await scene.open(), report.turn)).rejects.toMatchObject({
      suggestions: [expect.stringContaining(`mcos show ${report.turn} --transcript`)],
    })
  })

  test('a tool loop ends in the same one commit, and what was written is what was asked for', async () => {
    const write = {tool: 'write', input: {path: 'workspaces/donna/late.md', content: 'Hoffmann\n'}}
    const {scene, beat, asked} = await fleetOn([asksFor([write]), says('Noted in late.md.')])
    const before = scene.countCommits()
    const {report} = await beat()
    expect(report).toMatchObject({state: 'worked', model_calls: 2})
    expect(asked()).toHaveLength(2)
    expect(scene.countCommits()).toBe(before + 1)
    expect(scene.git('show', 'HEAD:workspaces/donna/late.md')).toBe('Hoffmann\n')
    expectClean(scene)
  })
})

describe('what an engine does, and what happens then', () => {
  const rescued = says('All is well.')

  test.each([
    ['429', fails(429, {headers: {'retry-after': '2'}}), 2],
    ['529', fails(529), 2],
    ['500', fails(500), 2],
    ['silence', silence, 2],
    ['a cut in mid-stream', says('All is', {accident: {afterEvents: 4, what: 'cut'}}), 2],
    ['HTML', html(), 2],
    ['a bad key', fails(401), 1],
    ['a spent account', spendLimit, 1],
  ] as const)('%s: so many tries, then the next engine', async (_, behaviour, tries) => {
    const {scene, beat, asked} = await fleetOn((request) => (request.wire === 'chat' ? rescued : behaviour), {
      ...(behaviour === silence ? {patience: '1s'} : {}),
    })
    const {report} = await beat()
    expect(asked().filter(({wire}) => wire === 'messages')).toHaveLength(tries)
    expect(report).toMatchObject({state: 'worked', engine: 'local', error: null})
    expect(report.checks.map(({status}) => status)).toEqual(['asked', 'asked', 'asked'])
    expect(scene.receipts()).toHaveLength(1)
    expectClean(scene)
  })

  test('a bad key is put aside and paged once; with another key it is asked again', async () => {
    const {scene, beat, asked} = await fleetOn((request) => (request.wire === 'chat' ? rescued : fails(401)), {
      page: true,
    })
    await beat()
    scene.clock.advance(24 * 3_600_000)
    await beat()
    expect(asked().filter(({wire}) => wire === 'messages')).toHaveLength(1)
    expect(scene.read('pages.txt').match(/claude is put aside/g)).toHaveLength(1)
    const [engines] = (await examine({fleet: await scene.open(), configError: null})).checks.filter(
      ({id}) => id === 'engines',
    )
    expect(engines).toMatchObject({status: 'warn', detail: expect.stringContaining('claude is put aside')})
  })

  test('a request that can not be right fails the turn with the message, and leaves one receipt', async () => {
    const {scene, beat} = await fleetOn(() => fails(400, {message: 'tools.0: no'}))
    const {report} = await beat()
    expect(report).toMatchObject({
      state: 'failed',
      error: {code: 'ENGINE_REFUSED', message: expect.stringContaining('tools.0: no')},
    })
    expect(scene.receipts()).toHaveLength(1)
    await beat()
    expect(scene.receipts()[1]?.reason).toMatch(/^still: .*tools\.0: no/)
  })

  test('a refusal is an answer: recorded as what it was, and the question is not put again', async () => {
    const {scene, beat, asked} = await fleetOn([says('', {end: 'refusal'})])
    const {report} = await beat()
    expect(report).toMatchObject({state: 'worked', engine: 'claude'})
    expect(scene.read('workspaces/donna/memory/2026-11-21.md')).toContain('refused')
    await beat()
    expect(asked()).toHaveLength(1)
    expectClean(scene)
  })

  test('an unknown stop reason is an answer with a note', async () => {
    const {scene, beat} = await fleetOn([says('Well.', {stop: 'tea_break'})])
    expect((await beat()).report).toMatchObject({state: 'worked', engine: 'claude'})
    expect(JSON.stringify(scene.receipts())).toContain('tea_break')
  })

  test.each([
    ['none', 'absent'],
    ['nothing at all', {input_tokens: 0, output_tokens: 0}],
    ['a negative one', {input_tokens: -5}],
    ['words', {input_tokens: 'few'}],
  ] as const)('a usage that is %s counts as the most it can have been', async (_, usage) => {
    const {scene, beat} = await fleetOn([says('Well.', {usage})])
    const {report} = await beat()
    expect(report.tokens.input + report.tokens.output + report.tokens.cache_write).toBeGreaterThan(8_000)
    expect(report.cost_usd).toBeGreaterThan(0)
    expectClean(scene)
  })

  test('with no engine left the rules still run, judgement waits and says for what, and it is told once', async () => {
    const {scene, beat} = await fleetOn(() => fails(401), {page: true})
    const first = await beat()
    expect(first.report).toMatchObject({state: 'idle', reason: 'engines', error: {code: 'ENGINES'}})
    expect(first.report.checks.map(({status}) => status)).toEqual(Array(3).fill('waiting-for-engine'))
    expect(first.isTold).toBe(true)
    const before = scene.countCommits()
    const second = await beat()
    expect(second.report).toMatchObject({state: 'idle', reason: 'engines'})
    expect(second.isTold).toBe(false)
    expect(scene.countCommits()).toBe(before)
    expect(scene.receipts().map(({reason}) => reason)).toEqual(['engines', 'still: engines'])
    // One page says it all: which engines were put aside, and that none is left.
    expect(scene.read('pages.txt').match(/put aside/g)).toHaveLength(1)
    expect(scene.read('pages.txt')).toContain('No engine is left: put aside claude, local')
  })

  test('another kind of trouble with the engines is told again, the same one in other words is not', async () => {
    let behaviour = fails(529)
    const {scene, beat} = await fleetOn(() => behaviour)
    expect((await beat()).isTold).toBe(true)
    expect((await beat()).isTold).toBe(false)
    behaviour = fails(401)
    scene.clock.advance(600_000)
    expect((await beat()).isTold).toBe(true)
    expect((await beat()).isTold).toBe(false)
  })

  test('a key that is not there is named, and is no reason to fail the beat', async () => {
    const {beat, asked} = await fleetOn((request) => (request.wire === 'chat' ? rescued : fails(500)), {key: ''})
    const {report} = await beat()
    expect(report).toMatchObject({state: 'worked', engine: 'local'})
    expect(asked().map(({wire}) => wire)).toEqual(['chat'])
  })

  test('a budget that is spent asks no engine, and judgement waits for it', async () => {
    const {scene, beat, asked} = await fleetOn([], {more: 'budgets: { agent: { tokens_per_day: 2000 } }'})
    const {report} = await beat()
    expect(report).toMatchObject({state: 'idle', reason: 'budget', error: null, model_calls: 0})
    expect(asked()).toEqual([])
    expect(scene.receipts()).toMatchObject([{reason: 'budget'}])
  })

  test('an engine whose own budget is spent is passed over', async () => {
    const {scene, beat} = await fleetOn([rescued])
    scene.write('mcos.yaml', scene.read('mcos.yaml').replace('deadline: 120s', 'deadline: 120s, tokens_per_day: 100'))
    expect((await beat()).report).toMatchObject({state: 'worked', engine: 'local'})
  })

  test('interrupted in the middle of an answer, the beat ends at once and the work can be gone on with', async () => {
    const hand = new AbortController()
    const {scene, beat} = await fleetOn(() => {
      setTimeout(() => hand.abort(), 100)
      return silence
    })
    const {report} = await beat(hand.signal)
    expect(report.checks.map(({status}) => status)).toEqual(Array(3).fill('waiting-for-engine'))
    expect(scene.list('.mcos/locks').filter((name) => name.endsWith('.lock'))).toEqual([])
  })
})

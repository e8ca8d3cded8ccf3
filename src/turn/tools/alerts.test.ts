import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {describe, expect, onTestFinished, test} from 'vitest'
import {openToolScene, type ToolScene} from '../../../testing/tool-scene.js'
import {NO_FACTS} from '../../guard/action.js'
import {parseAlert, parseAlertEvent} from '../../workspace/alert-file.js'
import {offeredTo} from '../offered-tools.js'
import {loadTools} from '../tool-list.js'

const SENTINEL = '---\nescalation: { confirms: [P2] }\n---\n# Sentinel\n'
const JARVIS = '---\nescalation: { confirms: [P1, P0] }\n---\n# Jarvis\n'
const FLEET = {'workspaces/sentinel/SOUL.md': SENTINEL, 'workspaces/jarvis/SOUL.md': JARVIS}
const RAISES = {may: ['alert.P3', 'alert.P2', 'alert.P1', 'message']}
const STALE = {level: 'P1', title: 'Status page is stale', evidence: ['it says last update 4 h ago']}
const BROKEN = {level: 'P2', title: 'The app answers 503', evidence: ['GET /health answered 503 three times']}

/** A server that tells a time so many ms off the scene's. */
async function timeServer(offMs = 0, at = '2026-11-21T08:30:00Z'): Promise<{url: string; asked(): number}> {
  let asked = 0
  const server = createServer((_, response) => {
    asked++
    response.setHeader('date', new Date(Date.parse(at) + offMs).toUTCString())
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked}
}

function config(url: string): Record<string, string> {
  return {
    'mcos.yaml': `version: 1\nname: northwind\nengines:\n  local: { kind: openai, base_url: "${url}/v1", model: m }\n`,
  }
}

function alertsIn({context}: ToolScene) {
  const paths = [...context.draft.touched()]
  const text = (path: string) => context.draft.readText(path) ?? ''
  return {
    alerts: paths.filter((path) => path.endsWith('/alert.md')).map((path) => parseAlert(text(path), path)),
    events: paths.filter((path) => path.includes('/events/')).map((path) => parseAlertEvent(text(path), path)),
    letters: paths.filter((path) => path.includes('/inbox/')),
    letter: (place: number) => text(paths.filter((path) => path.includes('/inbox/'))[place] ?? ''),
  }
}

describe('raising', () => {
  test('asks only its confirmer, by a signed message, and nobody else', async () => {
    const scene = await openToolScene({files: FLEET, contract: RAISES})
    expect(await scene.tell('alert_raise', BROKEN)).toMatch(
      /hypothesis until it is confirmed; sentinel is asked, nobody else/,
    )
    const {letters, letter, events} = alertsIn(scene)
    expect(letters.map((path) => path.split('/')[1])).toEqual(['sentinel'])
    expect(letter(0)).toMatch(/donna claims P2: The app answers 503\nEvidence: GET \/health answered 503 three times/)
    expect(letter(0)).toContain('sig: ')
    expect(events).toEqual([])
  })

  test('a note asks nobody, and costs no message', async () => {
    const scene = await openToolScene({files: FLEET, contract: RAISES})
    expect(await scene.tell('alert_raise', {...BROKEN, level: 'P3'})).toMatch(/: noted$/)
    expect(alertsIn(scene).letters).toEqual([])
  })

  test('in a tainted turn it says where that comes from, and so does its letter', async () => {
    const scene = await openToolScene({files: FLEET, contract: RAISES})
    const facts = {...NO_FACTS, taint: ['https://status.example/a', 'a message of mallory']}
    const tainted = {...scene.context, facts}
    const tool = (await loadTools()).find(({name}) => name === 'alert_raise')
    const done = await tool?.perform(BROKEN, tainted)
    scene.context.draft.add(done?.changes ?? [])
    expect(alertsIn(scene).alerts[0]?.origin).toEqual(facts.taint)
    expect(alertsIn(scene).letter(0)).toContain('taint: "https://status.example/a; a message of mallory"')
  })

  test('by the only one who could confirm it waits for the beat, which knows how to reach others', async () => {
    const files = {
      ...FLEET,
      'workspaces/donna/SOUL.md': '---\nescalation: { confirms: [P2] }\n---\n# D\n',
      'workspaces/sentinel/SOUL.md': '# S\n',
    }
    const scene = await openToolScene({files, contract: RAISES})
    expect(await scene.tell('alert_raise', BROKEN)).toMatch(/a person is asked/)
    expect(alertsIn(scene).letters).toEqual([])
  })

  test('what an uncommitted SOUL.md adds confirms nothing yet', async () => {
    const scene = await openToolScene({
      files: {...FLEET, 'workspaces/sentinel/SOUL.md': '# Sentinel\n'},
      contract: RAISES,
      before: ({write}) => write('workspaces/sentinel/SOUL.md', SENTINEL),
    })
    await scene.tell('alert_raise', BROKEN)
    expect(alertsIn(scene).letters).toEqual([])
  })
})

describe('what speaks of time', () => {
  test('rises only where a live clock agrees, whose answer is kept beside it', async () => {
    const clock = await timeServer()
    const scene = await openToolScene({files: {...FLEET, ...config(clock.url)}, contract: RAISES})
    expect(await scene.tell('alert_raise', STALE)).toMatch(/jarvis is asked/)
    const {events, letter} = alertsIn(scene)
    const told = new RegExp(`2026-11-21T08:30:00Z, drift 0\\.\\d s, ${clock.url}`)
    expect(events).toMatchObject([{kind: 'note', clock: expect.stringMatching(told), repeat: false}])
    expect(letter(0)).toMatch(told)
  })

  test('one answer is good for ten minutes, unless the clock is set meanwhile', async () => {
    const clock = await timeServer()
    const scene = await openToolScene({files: {...FLEET, ...config(clock.url)}, contract: RAISES})
    await scene.tell('alert_raise', STALE)
    await scene.tell('alert_raise', {...STALE, title: 'The backup is overdue'})
    expect(clock.asked()).toBe(1)
    scene.scene.clock.advance(60_000)
    expect(await scene.tell('alert_raise', {...STALE, title: 'The certificate has expired'})).toMatch(
      /60 s ahead of http/,
    )
  })

  test.each([
    [-90_000, /is raised to P1 only where .* clock is 90 s ahead of http:\/\/127[^ ]+\.$/],
    [3_600_000, /clock is 3\d\d\d s behind/],
  ])('is refused when this machine is off by %d ms, and is a note without a clock', async (offMs, told) => {
    const clock = await timeServer(offMs)
    const scene = await openToolScene({files: {...FLEET, ...config(clock.url)}, contract: RAISES})
    expect(await scene.tell('alert_raise', STALE)).toMatch(told)
    expect(alertsIn(scene).alerts).toEqual([])
    expect(await scene.tell('alert_raise', {...STALE, level: 'P3'})).toMatch(/: noted$/)
    expect(alertsIn(scene).events).toMatchObject([
      {clock: expect.stringMatching(/^not checked: this/), why: 'clock not checked'},
    ])
  })

  test('the guard hears of the clock before it decides', async () => {
    const clock = await timeServer()
    const scene = await openToolScene({files: {...FLEET, ...config(clock.url)}, contract: RAISES})
    const tool = (await loadTools()).find(({name}) => name === 'alert_raise')
    expect(await tool?.learn?.(STALE, scene.context)).toEqual({isClockChecked: true})
    expect(await tool?.learn?.(BROKEN, scene.context)).toEqual({})
  })
})

describe('floods', () => {
  test('the same again is one line more, whatever its numbers, and a higher level is the same alert', async () => {
    const scene = await openToolScene({files: FLEET, contract: RAISES})
    await scene.tell('alert_raise', {...BROKEN, title: 'Queue 7 holds 1200 jobs'})
    expect(await scene.tell('alert_raise', {...BROKEN, title: 'queue 9 holds 31,000 jobs'})).toMatch(
      /same as what donna raised/,
    )
    expect(await scene.tell('alert_raise', {...BROKEN, level: 'P1', title: 'Queue 9 holds 9 jobs'})).toMatch(
      /P2 until now; a hyp.*jarvis is asked/,
    )
    const {alerts, events, letters} = alertsIn(scene)
    expect(alerts).toHaveLength(1)
    expect(events.map(({kind, repeat}) => [kind, repeat])).toEqual([
      ['note', true],
      ['raise', false],
    ])
    expect(letters.map((path) => path.split('/')[1])).toEqual(['sentinel', 'jarvis'])
  })

  test('more than five within an hour are held, and that is told once', async () => {
    const scene = await openToolScene({files: FLEET, contract: RAISES})
    const words = ['red', 'green', 'blue', 'black', 'white', 'grey', 'pink', 'brown']
    const told = []
    for (const word of words) told.push(await scene.tell('alert_raise', {...BROKEN, title: `The ${word} door is open`}))
    expect(told.filter((text) => /held, nobody is asked/.test(text))).toHaveLength(3)
    const {alerts, letters, letter} = alertsIn(scene)
    expect(alerts.filter(({held}) => held !== null)).toHaveLength(3)
    expect(letters).toHaveLength(6)
    expect(letter(5)).toMatch(/subject: .*Alerts of donna are held/)
    scene.scene.clock.advance(3_600_000)
    expect(await scene.tell('alert_raise', {...BROKEN, title: 'The gold door is open'})).toMatch(/sentinel is asked/)
  })
})

describe('answering', () => {
  const raised = (more = '') =>
    `---\nid: 01KAJ0000000000000000000A0\nat: 2026-11-21T08:00:00Z\nby: gene\ntitle: The app is down\nlevel: P1\n${more}---\n\n`
  const FILE = 'alerts/01KAJ0000000000000000000A0-app/alert.md'
  const files = {...FLEET, 'workspaces/donna/SOUL.md': JARVIS, [FILE]: raised()}
  const MAY = {may: ['alert.confirm']}

  test('is offered only to those whose SOUL.md confirms something', async () => {
    const offered = async (soul: string, may: string[]) => {
      const {context} = await openToolScene({files: {'workspaces/donna/SOUL.md': soul}, contract: {may}})
      return (await offeredTo(context, await loadTools())).map(({name}) => name)
    }
    expect(await offered(JARVIS, ['alert.confirm'])).toEqual(expect.arrayContaining(['alert_confirm', 'alert_dismiss']))
    expect(await offered('# D\n', ['alert.confirm'])).not.toContain('alert_confirm')
    expect(await offered(JARVIS, [])).not.toContain('alert_confirm')
  })

  test('confirms by the beginning of an id', async () => {
    const scene = await openToolScene({files, contract: MAY})
    expect(await scene.tell('alert_confirm', {id: '01kaj'})).toMatch(/confirmed P1$/)
    expect(alertsIn(scene).events).toMatchObject([{by: 'donna', kind: 'confirm', level: 'P1', origin: []}])
    expect(await scene.tell('alert_confirm', {id: '01KAJ'})).toMatch(/confirmed already/)
    expect(await scene.tell('alert_confirm', {id: '02'})).toMatch(/There is no alert "02"/)
  })

  test('of the same tainted origin is noted and does not count', async () => {
    const scene = await openToolScene({
      files: {...files, [FILE]: raised("origin: ['https://status.example/app']\n")},
      contract: MAY,
    })
    const tool = (await loadTools()).find(({name}) => name === 'alert_confirm')
    const done = await tool?.perform(
      {id: '01KAJ'},
      {...scene.context, facts: {...NO_FACTS, taint: ['https://status.example/b']}},
    )
    expect(done?.text).toMatch(/noted, and it does not count: it has the same origin/)
    expect(done?.changes).toHaveLength(1)
  })

  test('what speaks of time is confirmed only where a live clock agrees', async () => {
    const stale = raised("evidence: ['last update 4 h ago']\n")
    const without = await openToolScene({files: {...files, [FILE]: stale}, contract: MAY})
    expect(await without.tell('alert_confirm', {id: '01KAJ'})).toMatch(/is confirmed only where a live clock agrees/)
    const clock = await timeServer()
    const scene = await openToolScene({files: {...files, ...config(clock.url), [FILE]: stale}, contract: MAY})
    expect(await scene.tell('alert_confirm', {id: '01KAJ'})).toMatch(/confirmed P1$/)
    expect(alertsIn(scene).events[0]?.clock).toMatch(/drift 0/)
  })

  test('dismissing needs a why, and an agent that may not answer this level is refused', async () => {
    const scene = await openToolScene({files: {...files, 'workspaces/donna/SOUL.md': SENTINEL}, contract: MAY})
    expect(await scene.tell('alert_dismiss', {id: '01KAJ'})).toMatch(/"why" has to be/)
    expect(await scene.tell('alert_dismiss', {id: '01KAJ', why: 'x'})).toMatch(/donna may not dismiss P1/)
    expect(alertsIn(scene).events).toEqual([])
  })
})

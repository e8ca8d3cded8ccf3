import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {describe, expect, onTestFinished, test} from 'vitest'
import {openScene, type Scene} from '../../testing/heartbeat-scene.js'
import {stopPath} from '../guard/stop.js'
import {newId} from '../kit/ids.js'
import {assembleContext} from '../turn/context.js'
import {findAgent} from '../workspace/agents.js'
import {
  type Alert,
  type AlertEvent,
  alertEventOf,
  alertOf,
  formatAlert,
  formatAlertEvent,
} from '../workspace/alert-file.js'
import type {AlertLevel} from '../workspace/soul.js'

const SOULS = {
  'workspaces/sentinel/SOUL.md': '---\nescalation: { confirms: [P2] }\n---\n# Sentinel\n',
  'workspaces/jarvis/SOUL.md': '---\nescalation: { confirms: [P1, P0] }\n---\n# Jarvis\n',
}

/** A channel that keeps what it is told. */
async function pager(): Promise<{url: string; pages: {title: string; text: string}[]}> {
  const pages: {title: string; text: string}[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      pages.push(JSON.parse(body) as {title: string; text: string})
      response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, pages}
}

function config(url: string, when = ''): Record<string, string> {
  return {
    'mcos.yaml': `version: 1\nname: northwind\npeople:\n  ada: { approves: [all], via: [terminal] }\npage: { to: founders${when} }\nchannels:\n  founders: { kind: webhook, url: "${url}" }\n`,
  }
}

function raise(
  scene: Scene,
  level: AlertLevel,
  more: Partial<Alert> = {},
): {id: string; say(event: Partial<AlertEvent> & Pick<AlertEvent, 'by' | 'kind'>): void} {
  const id = newId(scene.clock)
  const at = () => new Date(scene.clock.now()).toISOString()
  scene.write(
    `alerts/${id}-app/alert.md`,
    formatAlert(alertOf({id, at: at(), by: 'donna', title: 'The app is down', level, ...more})),
  )
  scene.commitAll()
  return {
    id,
    say: (event) => {
      const said = alertEventOf({id: newId(scene.clock), at: at(), ...event})
      scene.write(`alerts/${id}-app/events/${said.id}.md`, formatAlertEvent(said))
      scene.commitAll()
    },
  }
}

async function promptOf(scene: Scene, name: string): Promise<string> {
  const fleet = await scene.open()
  const occasion = {news: [], questions: [], heartbeat: {preamble: '', checks: []}, request: null, with: null}
  return (await assembleContext(fleet, findAgent(fleet.home, name), {occasion, tools: []})).text
}

const inboxes = (scene: Scene) =>
  ['donna', 'jarvis', 'sentinel'].map((name) => scene.list(`workspaces/${name}/inbox/new`).length)

describe('a question that nobody answers', () => {
  test('of P2 goes on after four hours, by a message to who confirms the next level, once', async () => {
    const scene = openScene({files: SOULS})
    const {id} = raise(scene, 'P2')
    await scene.beat(['donna'])
    scene.clock.advance(4 * 3_600_000 - 1)
    await scene.beat(['donna'])
    expect(inboxes(scene)).toEqual([0, 0, 0])
    scene.clock.advance(1)
    const before = scene.countCommits()
    await Promise.all([scene.beat(['donna']), scene.beat(['donna'])])
    await scene.beat(['donna'])
    expect(inboxes(scene)).toEqual([0, 1, 0])
    expect(scene.countCommits()).toBe(before + 1)
    expect(scene.git('log', '-1', '--format=%an %s')).toMatch(
      new RegExp(`^donna alert ${id.slice(0, 12)}: jarvis asked, nobody has answered for 4 h`),
    )
  })

  test('of P1 becomes a page after an hour, of P0 after a quarter, and neither rises by it', async () => {
    const {url, pages} = await pager()
    const scene = openScene({files: {...SOULS, ...config(url)}})
    const one = raise(scene, 'P1')
    const zero = raise(scene, 'P0', {title: 'Data is leaving'})
    scene.clock.advance(15 * 60_000)
    await scene.beat(['donna'])
    expect(pages.map(({title}) => title)).toEqual([`P0? Data is leaving (alert ${zero.id.slice(0, 12)})`])
    scene.clock.advance(45 * 60_000)
    await scene.beat(['donna'])
    await scene.beat(['donna'])
    expect(pages.map(({title}) => title).slice(1)).toEqual([`P1? The app is down (alert ${one.id.slice(0, 12)})`])
    scene.clock.advance(400 * 86_400_000)
    const [report] = (await scene.beat(['donna'])).report.agents
    expect(pages).toHaveLength(2)
    expect(report?.alerts).toEqual([expect.stringContaining('(hypothesis)'), expect.stringContaining('(hypothesis)')])
  })

  test('is put to the person at once when a P0 has its agent and lacks only them', async () => {
    const {url, pages} = await pager()
    const scene = openScene({files: {...SOULS, ...config(url)}})
    const alert = raise(scene, 'P0')
    alert.say({by: 'jarvis', kind: 'confirm', level: 'P0'})
    await scene.beat(['donna'])
    expect(pages.map(({text}) => text)).toEqual([expect.stringContaining('jarvis confirmed it; a person has to agree')])
    alert.say({by: 'ada', kind: 'confirm', level: 'P0', via: 'terminal', sig: 'A'.repeat(86)})
    await scene.beat(['donna'])
    expect(pages[1]).toMatchObject({
      title: 'P0: The app is down',
      text: expect.stringContaining('Confirmed by jarvis and ada'),
    })
  })

  test('goes on at once when the only one who could answer has raised it', async () => {
    const scene = openScene({files: SOULS})
    scene.addKey('sentinel')
    raise(scene, 'P2', {by: 'sentinel'})
    await scene.beat(['donna'])
    expect(inboxes(scene)).toEqual([0, 1, 0])
  })

  test('that no page can bring to anybody is recorded once', async () => {
    const scene = openScene({files: SOULS})
    const {id} = raise(scene, 'P1')
    scene.clock.advance(3_600_000)
    const before = scene.countCommits()
    await scene.beat(['donna'])
    await scene.beat(['donna'])
    expect(scene.countCommits()).toBe(before + 1)
    const [event = ''] = scene.list(`alerts/${id}-app/events`)
    expect(scene.read(`alerts/${id}-app/events/${event}`)).toContain('nobody could be paged: mcos.yaml has no page:')
  })

  test('is asked by the machine of whoever raised it alone, and not while all is stopped', async () => {
    const scene = openScene({files: SOULS})
    raise(scene, 'P2', {by: 'gene'})
    scene.clock.advance(5 * 3_600_000)
    await scene.beat(['donna'])
    expect(inboxes(scene)).toEqual([0, 0, 0])
    raise(scene, 'P2')
    scene.clock.advance(5 * 3_600_000)
    scene.write(`.mcos/${stopPath(null)}`, '')
    await scene.beat(['donna'])
    expect(inboxes(scene)).toEqual([0, 0, 0])
  })
})

describe('what is confirmed', () => {
  test('is paged once, also after a fresh clone, and only where page.when has "alert"', async () => {
    const {url, pages} = await pager()
    for (const [when, count] of [
      ['', 1],
      [', when: [outage]', 0],
    ] as const) {
      const scene = openScene({files: {...SOULS, ...config(url, when)}})
      raise(scene, 'P1').say({by: 'jarvis', kind: 'confirm', level: 'P1'})
      await scene.beat(['donna'])
      scene.git('rm', '-rq', '--cached', '--ignore-unmatch', '.mcos')
      await scene.beat(['donna'])
      expect(pages.splice(0)).toHaveLength(count)
    }
  })

  test('stands in every heartbeat as long as it is open; a hypothesis never', async () => {
    const scene = openScene({files: SOULS})
    expect(await promptOf(scene, 'donna')).not.toContain('Open alerts')
    const alert = raise(scene, 'P1', {since: '2026-11-21T08:00:00Z'})
    raise(scene, 'P0', {title: 'Only said'})
    raise(scene, 'P3', {title: 'Only noted'})
    for (const name of ['donna', 'jarvis', 'sentinel']) expect(await promptOf(scene, name)).not.toContain('Open alerts')
    alert.say({by: 'jarvis', kind: 'confirm', level: 'P1'})
    for (const name of ['donna', 'jarvis', 'sentinel']) {
      const prompt = await promptOf(scene, name)
      expect(prompt).toContain(
        `- P1 ${alert.id.slice(0, 12)}: The app is down (since 2026-11-21T08:00:00Z, confirmed by jarvis)`,
      )
      expect(prompt).not.toContain('Only')
    }
    alert.say({by: 'donna', kind: 'resolve'})
    expect(await promptOf(scene, 'sentinel')).not.toContain('Open alerts')
  })

  test('stays at the level that is confirmed while somebody says it is worse', async () => {
    const scene = openScene({files: SOULS})
    const alert = raise(scene, 'P1')
    alert.say({by: 'jarvis', kind: 'confirm', level: 'P1'})
    alert.say({by: 'sentinel', kind: 'raise', level: 'P0'})
    expect(await promptOf(scene, 'donna')).toContain(`- P1 ${alert.id.slice(0, 12)}`)
  })

  test('is in the report of every agent, a hypothesis only in its raiser\u2019s', async () => {
    const scene = openScene({files: SOULS})
    raise(scene, 'P1').say({by: 'jarvis', kind: 'confirm', level: 'P1'})
    raise(scene, 'P2', {title: 'Only said'})
    const {agents} = (await scene.beat()).report
    const alerts = Object.fromEntries(agents.map(({agent, alerts: seen}) => [agent, seen]))
    const confirmed = expect.stringMatching(/^P1 \w{12}: The app is down \(confirmed by jarvis\)$/)
    expect(alerts).toEqual({
      donna: [confirmed, expect.stringMatching(/^P2 \w{12}: Only said \(hypothesis\)$/)],
      jarvis: [confirmed],
      sentinel: [confirmed],
    })
  })

  test('that can\u2019t be read whole is told to nobody', async () => {
    const scene = openScene({files: SOULS})
    const alert = raise(scene, 'P1')
    alert.say({by: 'jarvis', kind: 'confirm', level: 'P1'})
    scene.write(`alerts/${alert.id}-app/events/01M00000000000000000000000.md`, 'nothing')
    expect(await promptOf(scene, 'donna')).not.toContain('Open alerts')
  })
})

test('a hypothesis asks no model, makes no commit and wakes nobody but its confirmer', async () => {
  const scene = openScene({files: SOULS})
  raise(scene, 'P1')
  await scene.beat()
  const before = scene.countCommits()
  const {agents} = (await scene.beat()).report
  expect(agents.map(({state, model_calls}) => [state, model_calls])).toEqual(
    agents.map(() => [expect.not.stringContaining('worked'), 0]),
  )
  expect(scene.countCommits()).toBe(before)
})

test('what is over is not read at every beat, and is seen again when somebody says more or its gates change', async () => {
  const scene = openScene({files: SOULS})
  const alert = raise(scene, 'P1')
  alert.say({by: 'jarvis', kind: 'confirm', level: 'P1'})
  alert.say({by: 'jarvis', kind: 'dismiss', why: 'a drill'})
  await scene.beat(['donna'])
  expect(scene.read('.mcos/cache/alerts.json')).toContain(`alerts/${alert.id}-app`)
  expect(await promptOf(scene, 'donna')).not.toContain('Open alerts')
  const [, dismissed = ''] = scene.list(`alerts/${alert.id}-app/events`)
  scene.git('rm', '-q', `alerts/${alert.id}-app/events/${dismissed}`)
  scene.git('commit', '-qm', 'Take the dismissal back')
  expect(await promptOf(scene, 'donna')).toContain('confirmed by jarvis')
  alert.say({by: 'jarvis', kind: 'resolve'})
  await scene.beat(['donna'])
  scene.write('workspaces/jarvis/SOUL.md', '---\nescalation: { confirms: [] }\n---\n# Jarvis\n')
  scene.commitAll()
  const [report] = (await scene.beat(['donna'])).report.agents
  expect(report?.alerts).toEqual([expect.stringContaining('(hypothesis)')])
})

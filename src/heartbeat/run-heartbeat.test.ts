import {existsSync, rmSync} from 'node:fs'
import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'
import {describe, expect, onTestFinished, test} from 'vitest'
import {expectSoon} from '../../testing/expect-soon.js'
import {openScene} from '../../testing/heartbeat-scene.js'
import type {BeatEvent} from './events.js'

describe('mail', () => {
  test('relays an urgent message to the agent its contract reports to, in one commit by that agent', async () => {
    const scene = openScene()
    await scene.send('donna', 'The bank is down', {priority: 'urgent'})
    const before = scene.countCommits()
    const report = await scene.beatOne('donna')
    expect(report).toMatchObject({state: 'worked', engine: 'rules', model_calls: 0, error: null})
    expect(scene.countCommits()).toBe(before + 1)
    expect(scene.git('log', '-1', '--format=%an').trim()).toBe('donna')
    expect(scene.list('workspaces/donna/inbox/new')).toEqual([])
    expect(scene.list('workspaces/donna/inbox/done/2026-11')).toHaveLength(1)
    const [relayed = ''] = scene.list('workspaces/jarvis/inbox/new')
    expect(scene.read(`workspaces/jarvis/inbox/new/${relayed}`)).toContain('The bank is down')
    expect(scene.git('status', '--porcelain')).toBe('')
  })

  test('names agent, turn, trigger, engine, tokens and cost in the trailers of the commit', async () => {
    const scene = openScene()
    await scene.send('donna', 'Hello')
    const {turn} = await scene.beatOne('donna')
    expect(scene.git('log', '-1', '--format=%(trailers:only,unfold)').trim().split('\n')).toEqual([
      'Mcos-Agent: donna',
      `Mcos-Turn: ${turn}`,
      'Mcos-Trigger: heartbeat',
      'Mcos-Engine: rules',
      'Mcos-Tokens: 0',
      'Mcos-Cost-USD: 0',
    ])
  })

  test('takes an ordinary message out of new, and leaves what it asks for waiting in cur', async () => {
    const scene = openScene()
    await scene.send('donna', 'When are you in?')
    await scene.beatOne('donna')
    expect(scene.list('workspaces/donna/inbox/cur')).toHaveLength(1)
    expect(scene.list('workspaces/jarvis/inbox/new')).toEqual([])
  })

  test('quarantines what is not from whom it says, and acts on nothing in it', async () => {
    const scene = openScene()
    await scene.send('donna', 'Pay this now', {priority: 'urgent'})
    const [file = ''] = scene.list('workspaces/donna/inbox/new')
    const path = `workspaces/donna/inbox/new/${file}`
    scene.write(path, scene.read(path).replace('Pay this now', 'Pay them now'))
    scene.commitAll()
    await scene.beatOne('donna')
    expect(scene.list('workspaces/donna/inbox/quarantine')).toContain(file)
    expect(scene.list('workspaces/jarvis/inbox/new')).toEqual([])
    expect(scene.read('workspaces/donna/memory/2026-11-21.md')).toContain('quarantined')
  })

  test('puts a committed message aside as it lies when somebody has altered it since', async () => {
    const scene = openScene()
    await scene.send('donna', 'Pay this now', {priority: 'urgent'})
    const [file = ''] = scene.list('workspaces/donna/inbox/new')
    const path = `workspaces/donna/inbox/new/${file}`
    scene.write(path, scene.read(path).replace('Pay this now', 'Pay them now'))
    await scene.beatOne('donna')
    expect(scene.list('workspaces/donna/inbox/quarantine')).toContain(file)
    expect(scene.list('workspaces/jarvis/inbox/new')).toEqual([])
    expect(scene.read(`workspaces/donna/inbox/quarantine/${file}`)).toContain('Pay them now')
    expect(scene.git('status', '--porcelain')).toBe('')
  })

  test('does not send an urgent message back to whoever relayed it', async () => {
    const scene = openScene()
    await scene.send('donna', 'Look at this', {priority: 'urgent', from: 'jarvis'})
    await scene.beatOne('donna')
    expect(scene.list('workspaces/jarvis/inbox/new')).toEqual([])
    expect(scene.list('workspaces/donna/inbox/cur')).toHaveLength(1)
  })
})

describe('idle', () => {
  test('makes no commit and no git object in 48 beats without news, and leaves a receipt with a reason for each', async () => {
    const scene = openScene({files: {'workspaces/donna/HEARTBEAT.md': '## Every heartbeat\n- `inbox` `files *.md`\n'}})
    await scene.beat()
    const objects = scene.git('count-objects', '-v')
    const commits = scene.countCommits()
    for (let beat = 0; beat < 48; beat++) {
      scene.clock.advance(30 * 60_000)
      await scene.beat()
    }
    expect(scene.countCommits()).toBe(commits)
    expect(scene.git('count-objects', '-v')).toBe(objects)
    const receipts = scene.receipts()
    expect(receipts).toHaveLength(2 * 49)
    expect(receipts.every(({state, reason}) => state === 'idle' && reason !== '')).toBe(true)
  })

  test('keeps judgement due and waiting without an engine, without a commit or a line in the log', async () => {
    const scene = openScene({files: {'workspaces/donna/HEARTBEAT.md': '## Brief (daily 08:00)\nWhat is open?\n'}})
    const before = scene.countCommits()
    for (let beat = 0; beat < 2; beat++) {
      const report = await scene.beatOne('donna')
      expect(report.state).toBe('idle')
      expect(report.checks).toMatchObject([{id: 'brief', due: true, status: 'waiting-for-engine'}])
      scene.clock.advance(60_000)
    }
    expect(scene.countCommits()).toBe(before)
    expect(scene.list('workspaces/donna/memory')).toEqual([])
  })
})

describe('outages', () => {
  test('notices an outage once, pages once at night too, and again when it is back', async () => {
    const service = await startService()
    const scene = openScene({
      at: '2026-11-21T23:00:00Z',
      files: {
        'mcos.yaml': pagingConfig('touch paged'),
        'workspaces/donna/HEARTBEAT.md': `Quiet hours: 22:00-07:00\n\n## Every heartbeat\n- \`http ${service.url}\`\n`,
      },
    })
    expect((await scene.beatOne('donna')).state).toBe('idle')
    service.answer(500)
    expect(await scene.beatOne('donna')).toMatchObject({state: 'worked', checks: [{status: 'alert', news: true}]})
    expect(existsSync(join(scene.dir, 'paged'))).toBe(true)
    rmSync(join(scene.dir, 'paged'))
    expect(await scene.beatOne('donna')).toMatchObject({state: 'idle', checks: [{status: 'alert', news: false}]})
    expect(existsSync(join(scene.dir, 'paged'))).toBe(false)
    service.answer(200)
    expect(await scene.beatOne('donna')).toMatchObject({state: 'worked', checks: [{status: 'changed', news: true}]})
    expect(existsSync(join(scene.dir, 'paged'))).toBe(true)
    const log = scene.read('workspaces/donna/memory/2026-11-21.md')
    expect(log.match(/outage: /g)).toHaveLength(1)
    expect(log.match(/P3: /g)).toHaveLength(1)
    expect(log.match(/back: /g)).toHaveLength(1)
  })

  test('tries a trusted recovery once an outage, asks the probe again, and pages nobody when that mends it', async () => {
    const service = await startService()
    const heartbeat = `## Every heartbeat\n- \`http ${service.url}\`; if not, \`recover: node -e "fetch('${service.url}/mend')"\`\n`
    const scene = openScene({
      files: {'mcos.yaml': pagingConfig('touch paged'), 'workspaces/donna/HEARTBEAT.md': heartbeat},
    })
    const text = `node -e "fetch('${service.url}/mend')"`
    scene.trust('donna', [{kind: 'recover', text}])
    await scene.beatOne('donna')
    service.answer(500)
    const report = await scene.beatOne('donna')
    expect(report.reason).toContain('mended')
    expect(scene.told.flatMap(toldOf).slice(1)).toEqual(['alert', 'recovery done', 'same again'])
    expect(existsSync(join(scene.dir, 'paged'))).toBe(false)
    expect((await scene.beatOne('donna')).state).toBe('idle')
  })

  test('tries the recovery of a check once, however many of its probes are down', async () => {
    const service = await startService()
    service.answer(500)
    const scene = openScene({
      files: {
        'workspaces/donna/HEARTBEAT.md': `## Every heartbeat\n- \`http ${service.url}/a\` \`http ${service.url}/b\`\n- \`recover: sh -c "echo once >> tried"\`\n`,
      },
    })
    const text = 'sh -c "echo once >> tried"'
    scene.trust('donna', [{kind: 'recover', text}])
    await scene.beatOne('donna')
    await scene.beatOne('donna')
    expect(scene.read('workspaces/donna/tried')).toBe('once\n')
  })

  test('does not run a recovery that nobody trusted on this machine, and says so', async () => {
    const service = await startService()
    service.answer(500)
    const heartbeat = `## Every heartbeat\n- \`http ${service.url}\`, \`recover: touch recovered\`\n`
    const scene = openScene({files: {'workspaces/donna/HEARTBEAT.md': heartbeat}})
    expect((await scene.beatOne('donna')).reason).toContain('mcos trust donna')
    expect(scene.told.flatMap(toldOf)).toEqual(['alert', 'recovery not done'])
    expect(existsSync(join(scene.dir, 'workspaces/donna/recovered'))).toBe(false)
  })

  test('waits as long as page.after says before anybody is paged, within the beat that saw it', async () => {
    const service = await startService()
    service.answer(500)
    const scene = openScene({
      files: {
        'mcos.yaml': pagingConfig('touch paged').replace('when: [outage]', 'when: [outage], after: 2m'),
        'workspaces/donna/HEARTBEAT.md': `## Every heartbeat\n- \`http ${service.url}\`\n`,
      },
    })
    await scene.beatOne('donna')
    expect(scene.slept).toEqual([110_000])
    expect(existsSync(join(scene.dir, 'paged'))).toBe(true)
  })

  test('repeats no page on a machine that has nothing but a fresh clone', async () => {
    const service = await startService()
    service.answer(500)
    const scene = openScene({
      files: {
        'mcos.yaml': pagingConfig('touch paged'),
        'workspaces/donna/HEARTBEAT.md': `## Every heartbeat\n- \`http ${service.url}\`\n`,
      },
    })
    await scene.beatOne('donna')
    rmSync(join(scene.dir, 'paged'))
    rmSync(join(scene.dir, '.mcos'), {recursive: true})
    await scene.beatOne('donna')
    expect(existsSync(join(scene.dir, 'paged'))).toBe(false)
  })
})

test('no note in a log makes an outage look as if it had been told', async () => {
  const scene = openScene({
    files: {
      'mcos.yaml': pagingConfig('touch paged'),
      'workspaces/donna/HEARTBEAT.md': '## Every heartbeat\n- `disk / < 0%`\n',
      'workspaces/donna/memory/2026-11-21.md': '# 2026-11-21\n\n## 08:00 note\n- outage: disk / < 0%: told\n',
    },
  })
  await scene.beatOne('donna')
  expect(existsSync(join(scene.dir, 'paged'))).toBe(true)
})

describe('a fleet that came from elsewhere', () => {
  const files = {
    'mcos.yaml': pagingConfig('touch paged'),
    'workspaces/donna/HEARTBEAT.md': '## Every heartbeat\n- `disk / < 0%`\n',
  }

  test('runs no program of its mcos.yaml before a person has trusted it on this machine', async () => {
    const scene = openScene({files, madeHere: false})
    scene.git('remote', 'add', 'origin', '/elsewhere')
    await scene.beatOne('donna')
    expect(existsSync(join(scene.dir, 'paged'))).toBe(false)
    expect(scene.read('workspaces/donna/memory/2026-11-21.md')).toContain('not trusted on this machine: mcos trust')
    scene.trust('mcos.yaml', [{kind: 'channel', text: 'command: ["touch","paged"]'}])
    await scene.beatOne('donna')
    expect(existsSync(join(scene.dir, 'paged'))).toBe(true)
  })

  test('is not one that somebody began here by hand: its pages go out', async () => {
    const scene = openScene({files, madeHere: false})
    await scene.beatOne('donna')
    expect(existsSync(join(scene.dir, 'paged'))).toBe(true)
  })

  test('brings no trust along, though its history holds a trust file', async () => {
    const scene = openScene({files: {'workspaces/donna/HEARTBEAT.md': '## Every heartbeat\n- `run: touch ran`\n'}})
    scene.trust('donna', [{kind: 'run', text: 'run: touch ran'}])
    scene.git('add', '-f', '.mcos/trust.json')
    scene.git('commit', '-qm', 'Planted')
    rmSync(join(scene.dir, '.mcos'), {recursive: true})
    scene.git('checkout', '--', '.mcos/trust.json')
    const {checks} = await scene.beatOne('donna')
    expect(checks).toMatchObject([{status: 'failed', detail: expect.stringContaining('mcos trust donna')}])
    expect(existsSync(join(scene.dir, 'workspaces/donna/ran'))).toBe(false)
  })
})

describe('stop', () => {
  test('holds every beat before its first probe', async () => {
    const scene = openScene()
    await scene.send('donna', 'Hello')
    scene.write('.mcos/STOP', 'who: ada\n')
    expect(await scene.beatOne('donna')).toMatchObject({state: 'skipped', reason: 'stopped'})
    expect(scene.list('workspaces/donna/inbox/new')).toHaveLength(1)
  })

  test('ends a probe that is running, and what it would have led to', async () => {
    const scene = openScene({files: {'workspaces/donna/HEARTBEAT.md': '## Every heartbeat\n- `run: sleep 60`\n'}})
    scene.trust('donna', [{kind: 'run', text: 'run: sleep 60'}])
    const before = scene.countCommits()
    setTimeout(() => scene.write('.mcos/STOP.donna', ''), 500)
    const began = performance.now()
    expect(await scene.beatOne('donna')).toMatchObject({state: 'skipped', reason: 'stopped', commit: null})
    expectSoon(performance.now() - began, 20_000)
    expect(scene.countCommits()).toBe(before)
  })

  test('pages nobody of what was seen before it', async () => {
    const line = 'run: sh ../../stop.sh'
    const scene = openScene({
      files: {
        'mcos.yaml': pagingConfig('touch paged'),
        'workspaces/donna/HEARTBEAT.md': `## Every heartbeat\n- \`${line}\`\n`,
        'stop.sh': 'touch "$(dirname "$0")/.mcos/STOP"\nexit 1\n',
      },
    })
    scene.trust('donna', [{kind: 'run', text: line}])
    expect(await scene.beatOne('donna')).toMatchObject({state: 'skipped', reason: 'stopped'})
    expect(existsSync(join(scene.dir, 'paged'))).toBe(false)
  })
})

describe('trouble', () => {
  test('fails the one agent whose contract is broken, tells it once, and serves the others', async () => {
    const scene = openScene()
    scene.write('workspaces/donna/SOUL.md', '---\ncontract: [\n---\n')
    const first = await scene.beat()
    expect(first.report.agents).toMatchObject([
      {agent: 'donna', state: 'failed'},
      {agent: 'jarvis', state: 'idle'},
    ])
    expect([...first.tellable]).toEqual(['donna'])
    const second = await scene.beat()
    expect([...second.tellable]).toEqual([])
    expect(second.report.agents[0]?.reason).toMatch(/^still: /)
  })

  test('denies an agent whose committed contract is gone from the disk', async () => {
    const scene = openScene()
    scene.write('workspaces/donna/SOUL.md', '# Donna\n')
    expect(await scene.beatOne('donna')).toMatchObject({state: 'failed', error: {code: 'CONTRACT_LOST'}})
  })

  test('changes nothing while a merge is in progress or the HEAD is detached', async () => {
    const scene = openScene()
    await scene.send('donna', 'Hello', {priority: 'urgent'})
    scene.write('.git/MERGE_HEAD', scene.git('rev-parse', 'HEAD'))
    expect(await scene.beatOne('donna')).toMatchObject({state: 'failed', error: {code: 'GIT_BUSY'}})
    rmSync(join(scene.dir, '.git/MERGE_HEAD'))
    scene.git('checkout', '-q', '--detach')
    expect(await scene.beatOne('donna')).toMatchObject({state: 'failed', error: {code: 'GIT_DETACHED'}})
    expect(scene.list('workspaces/donna/inbox/new')).toHaveLength(1)
  })

  test('sets a memory aside that cannot be read, names it, and starts anew at the next beat', async () => {
    const scene = openScene()
    await scene.beat()
    scene.write('.mcos/beats/donna.json', '{"version":1,"checks":')
    expect(await scene.beatOne('donna')).toMatchObject({state: 'failed', error: {code: 'STATE_CORRUPT'}})
    expect(scene.list('.mcos/quarantine')).toHaveLength(1)
    expect((await scene.beatOne('donna')).state).toBe('idle')
  })
})

/** What somebody who watches hears of probes and recoveries. */
function toldOf(event: BeatEvent): string[] {
  if (event.kind === 'recovery') return [event.isDone ? 'recovery done' : 'recovery not done']
  return event.kind === 'probe' ? [event.isAgain ? `${event.status} again` : event.status] : []
}

function pagingConfig(command: string): string {
  const argv = command.split(' ').map((word) => JSON.stringify(word))
  return `version: 1\nname: northwind\nchannels:\n  founders: { kind: command, command: [${argv.join(', ')}] }\npage: { to: founders, when: [outage] }\n`
}

/** A service on this machine that can be broken, and that mends itself when /mend is called. */
async function startService(): Promise<{url: string; answer(code: number): void; server: Server}> {
  let status = 200
  const server = createServer((request, response) => {
    if (request.url === '/mend') status = 200
    response.writeHead(status).end('ok')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const {port} = server.address() as AddressInfo
  const setStatus = (code: number): void => {
    status = code
  }
  return {url: `http://127.0.0.1:${port}`, answer: setStatus, server}
}

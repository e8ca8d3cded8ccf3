import {userInfo} from 'node:os'
import {describe, expect, test} from 'vitest'
import {openScene, type Scene} from '../../../testing/heartbeat-scene.js'
import {agentToken} from '../../bus/agent-token.js'
import {findActor} from '../../cli/actor.js'
import {answerAlertAtTerminal} from '../../cli/alert-at-terminal.js'
import type {Terminal} from '../../cli/terminal.js'
import {setPassphrase} from '../../guard/people/open-person.js'
import {presentAlert, presentAlerts} from '../../present/alerts.js'
import {parseMessage} from '../../workspace/message-file.js'
import type {AlertLevel} from '../../workspace/soul.js'
import {answerAlert} from './answer.js'
import {listAlerts, showAlert} from './list.js'
import {raiseAlert, type TypedAlert} from './raise.js'

const WORDS = 'a boiler in the attic'
const MCOS = `version: 1\nname: northwind\npeople:\n  ada: { approves: [all], via: [terminal, "terminal:${userInfo().username}", "telegram:777"] }\n  ben: { approves: [mail], via: ["telegram:888"] }\n`
const gene = '---\ncontract:\n  may: [message, alert.P3, alert.P1, alert.P0]\n---\n# Gene\n'
const FILES = {
  'mcos.yaml': MCOS,
  'workspaces/gene/SOUL.md': gene,
  'workspaces/sentinel/SOUL.md':
    '---\ncontract: { may: [alert.confirm] }\nescalation: { confirms: [P2] }\n---\n# Sentinel\n',
  'workspaces/jarvis/SOUL.md':
    '---\ncontract: { may: [alert.confirm] }\nescalation: { confirms: [P1, P0] }\n---\n# Jarvis\n',
}
const PERSON = {kind: 'person'} as const
const AS_GENE = {kind: 'agent', name: 'gene', by: 'person'} as const
const GENE = {kind: 'agent', name: 'gene', by: 'itself'} as const
const signal = new AbortController().signal

function open(files: Record<string, string> = {}): Scene {
  const scene = openScene({files: {...FILES, ...files}})
  for (const name of ['gene', 'sentinel']) scene.addKey(name)
  scene.commitAll()
  return scene
}

async function raise(
  scene: Scene,
  level: AlertLevel,
  more: Partial<TypedAlert> = {},
  actor: Parameters<typeof raiseAlert>[2] = AS_GENE,
) {
  const typed = {
    level,
    title: 'The app is down',
    evidence: ['GET /health answered 503'],
    cwd: scene.dir,
    signal,
    ...more,
  }
  return raiseAlert(await scene.open(), typed, actor)
}

/** As an agent's own program calls us. */
async function asAgent(scene: Scene, name: string) {
  const fleet = await scene.open()
  const token = agentToken(scene.read(`.mcos/keys/${name}.key`))
  return {...fleet, env: {...fleet.env, MCOS_AGENT: name, MCOS_TOKEN: token}}
}

function typing(...lines: (string | null)[]): Terminal & {readonly seen: string[]} {
  const seen: string[] = []
  return {
    seen,
    write: (text) => void seen.push(text),
    askHidden: async () => lines.shift() ?? null,
    close: () => undefined,
  }
}

describe('raising', () => {
  test('above P3 is one commit with a signed question in its confirmer\u2019s inbox alone', async () => {
    const scene = open()
    const raised = await raise(scene, 'P1')
    expect(raised).toMatchObject({kind: 'new', by: 'gene', hand: 'ada', asked: ['jarvis'], held: null})
  })

  test('as a person is a claim as well, which that person does not confirm', async () => {
    const scene = open()
    const raised = await raise(scene, 'P1', {}, PERSON)
    expect(raised).toMatchObject({by: 'ada', hand: null, asked: ['jarvis']})
    const names = ['gene', 'sentinel', 'jarvis', 'donna'].filter(
      (name) => scene.list(`workspaces/${name}/inbox/new`).length > 0,
    )
    expect(names).toEqual(['jarvis'])
    const [file = ''] = scene.list('workspaces/jarvis/inbox/new')
    expect(parseMessage(scene.read(`workspaces/jarvis/inbox/new/${file}`), file)).toMatchObject({
      from: 'ada',
      priority: 'high',
      taint: null,
    })
    expect(scene.git('log', '-1', '--format=%s%n%(trailers)')).toMatch(
      /^ada raises P1: The app is down\n[\s\S]*Mcos-By: ada/,
    )
    await expect(answerAlertAtTerminal(await scene.open(), {id: raised.id, kind: 'confirm'})).rejects.toMatchObject({
      code: 'NOT_COUNTED',
      exit: 3,
      message: expect.stringContaining('nobody confirms what they raised'),
    })
  })

  test('for an agent does not make its person a second voice', async () => {
    const scene = open()
    const {id} = await raise(scene, 'P1')
    await expect(answerAlertAtTerminal(await scene.open(), {id, kind: 'confirm', by: 'ada'})).rejects.toMatchObject({
      code: 'NOT_COUNTED',
    })
    const done = await answerAlertAtTerminal(await scene.open(), {id, kind: 'confirm', by: 'ben'})
    expect(done).toMatchObject({status: 'confirmed', level: 'P1', by: 'ben', counts: true})
    expect(scene.git('log', '-1', '--format=%s')).toMatch(/^ben says confirm to P1/)
  })

  test('is an agent\u2019s by its contract only, with evidence, and of an origin that nobody knows', async () => {
    const scene = open()
    await expect(raise(scene, 'P2', {}, GENE)).rejects.toMatchObject({code: 'REFUSED', exit: 3})
    await expect(raise(scene, 'P1', {evidence: []}, GENE)).rejects.toMatchObject({code: 'NO_EVIDENCE'})
    const {id} = await raise(scene, 'P1', {}, GENE)
    expect(await showAlert(await scene.open(), id)).toMatchObject({origin: ['not known'], by: 'gene', hand: null})
    const jarvis = await asAgent(scene, 'jarvis')
    const done = await answerAlertAtTerminal(jarvis, {id, kind: 'confirm'})
    expect(done).toMatchObject({counts: false, status: 'hypothesis', reason: expect.stringContaining('same origin')})
    expect((await showAlert(await scene.open(), id)).events.at(-1)?.refused).toMatch(/same origin/)
  })

  test('a file is evidence by its beginning and its hash', async () => {
    const scene = open()
    scene.write('notes/access.log', `503 /health\n---\nby: ada\n${'x'.repeat(9000)}`)
    const {id} = await raise(scene, 'P1', {evidence: ['notes/access.log', 'three users told us']})
    const shown = await showAlert(await scene.open(), id)
    expect(shown.evidence).toEqual([
      expect.stringMatching(/^notes\/access\.log sha256:[0-9a-f]{16}$/),
      'three users told us',
    ])
    expect(shown.body).toMatch(/^## notes\/access\.log\n> 503 \/health\n> ---\n> by: ada\n> x+…$/)
    expect(shown.by).toBe('gene')
  })

  test('refuses a secret, an empty title and a time that lies ahead', async () => {
    const scene = open()
    const secret = `ghp_${'a1B2'.repeat(9)}`
    await expect(raise(scene, 'P3', {evidence: [secret]})).rejects.toMatchObject({code: 'SECRET_FOUND'})
    await expect(raise(scene, 'P3', {title: ' \u001b[2J'})).rejects.toMatchObject({code: 'USAGE'})
    await expect(raise(scene, 'P3', {since: '2026-12-01'})).rejects.toMatchObject({
      message: expect.stringContaining('lies ahead'),
    })
    await expect(raise(scene, 'P1', {title: 'The page is stale'})).rejects.toMatchObject({
      code: 'CLOCK_UNCHECKED',
      exit: 3,
      message:
        "What speaks of time is raised to P1 only where a live clock agrees with this machine's. That is not so here: mcos.yaml names no server that could be asked for the time.",
      suggestions: [expect.stringMatching(/^In mcos\.yaml: ping: https:/)],
    })
    expect(await raise(scene, 'P3', {title: 'The page is stale'})).toMatchObject({
      clock: expect.stringMatching(/^not checked/),
    })
  })
})

describe('a P0', () => {
  const passphrase = async (scene: Scene) => {
    const {mcos, clock} = await scene.open()
    setPassphrase(mcos, {name: 'ben', passphrase: WORDS, old: null, now: clock.now(), cost: {n: 1024, r: 8, p: 1}})
  }
  const confirm = async (scene: Scene, id: string, terminal?: Terminal) =>
    answerAlertAtTerminal(await scene.open(), {id, kind: 'confirm', by: 'ben'}, terminal ? {terminal} : {})

  test('takes an agent and a person with their passphrase, in either order', async () => {
    for (const order of ['agent first', 'person first']) {
      const scene = open()
      await passphrase(scene)
      const {id} = await raise(scene, 'P0', {title: `Data is leaving, ${order}`})
      const agent = async () => answerAlertAtTerminal(await asAgent(scene, 'jarvis'), {id, kind: 'confirm'})
      const terminal = typing(WORDS)
      if (order === 'agent first') expect(await agent()).toMatchObject({status: 'hypothesis', counts: true})
      const done = await confirm(scene, id, terminal)
      expect(terminal.seen.join('')).toContain('Data is leaving')
      expect(done).toMatchObject({
        via: 'terminal',
        counts: true,
        status: order === 'agent first' ? 'confirmed' : 'hypothesis',
      })
      if (order === 'person first') expect(await agent()).toMatchObject({status: 'confirmed', confirmed: 'P0'})
    }
  })

  test('is not confirmed without the passphrase, by an agent that says it is a person, or by an edited yes', async () => {
    const scene = open()
    const {id} = await raise(scene, 'P0')
    await expect(confirm(scene, id, typing(WORDS))).rejects.toMatchObject({code: 'NOT_SET_UP', exit: 3})
    await passphrase(scene)
    await expect(confirm(scene, id, typing('wrong words'))).rejects.toMatchObject({code: 'WRONG_PASSPHRASE'})
    await expect(confirm(scene, id)).rejects.toMatchObject({code: 'NO_TERMINAL', exit: 3})
    const jarvis = await asAgent(scene, 'jarvis')
    await expect(answerAlertAtTerminal(jarvis, {id, kind: 'confirm', by: 'ben'})).rejects.toMatchObject({
      code: 'PERSON_ONLY',
    })
    await answerAlertAtTerminal(jarvis, {id, kind: 'confirm'})
    await confirm(scene, id, typing(WORDS))
    const folder = (await showAlert(await scene.open(), id)).path
    const yes =
      scene.list(`${folder}/events`).find((file) => scene.read(`${folder}/events/${file}`).includes('by: ben')) ?? ''
    scene.write(`${folder}/events/${yes}`, scene.read(`${folder}/events/${yes}`).replace('by: ben', 'by: ada'))
    expect(await showAlert(await scene.open(), id)).toMatchObject({status: 'hypothesis', confirmed: null})
  })

  test('is refused before the passphrase is asked for where the yes would not count', async () => {
    const scene = open()
    const {id} = await raise(scene, 'P0')
    const terminal = typing(WORDS)
    for (const by of ['ada', undefined])
      await expect(
        answerAlertAtTerminal(await scene.open(), {id, kind: 'confirm', by}, {terminal}),
      ).rejects.toMatchObject({
        code: 'NOT_COUNTED',
        message: expect.stringContaining('nobody confirms what they raised'),
      })
    expect(terminal.seen).toEqual([])
  })

  test('is confirmed over a channel of the person, and over no other', async () => {
    const scene = open()
    const {id} = await raise(scene, 'P0')
    const say = async (via: string) =>
      answerAlert(await scene.open(), {
        id,
        kind: 'confirm',
        via,
        speaker: {name: 'ben', kind: 'person', by: 'ben'},
        actor: PERSON,
        signal,
      })
    await expect(say('telegram:777')).rejects.toMatchObject({code: 'NOT_COUNTED'})
    await say('telegram:888')
    expect(await answerAlertAtTerminal(await asAgent(scene, 'jarvis'), {id, kind: 'confirm'})).toMatchObject({
      status: 'confirmed',
    })
  })
})

describe('answers', () => {
  test('of who may not, of nobody known and of what is over are refused, and leave nothing', async () => {
    const scene = open()
    const {id} = await raise(scene, 'P1')
    const before = scene.countCommits()
    await expect(answerAlertAtTerminal(await asAgent(scene, 'sentinel'), {id, kind: 'confirm'})).rejects.toMatchObject({
      code: 'NOT_COUNTED',
      message: expect.stringContaining('sentinel may not confirm P1'),
    })
    await expect(answerAlertAtTerminal(await asAgent(scene, 'gene'), {id, kind: 'confirm'})).rejects.toMatchObject({
      code: 'REFUSED',
    })
    await expect(answerAlertAtTerminal(await scene.open(), {id, kind: 'confirm', by: 'eve'})).rejects.toMatchObject({
      code: 'NO_PERSON',
      suggestions: ['Its people: ada, ben'],
    })
    await expect(answerAlertAtTerminal(await scene.open(), {id, kind: 'confirm', by: 'jarvis'})).rejects.toMatchObject({
      code: 'NAME_TAKEN',
      message: expect.stringContaining('jarvis is an agent: agents answer for themselves'),
    })
    await expect(answerAlertAtTerminal(await scene.open(), {id: '99', kind: 'confirm'})).rejects.toMatchObject({
      code: 'NOT_FOUND',
      exit: 2,
    })
    expect(scene.countCommits()).toBe(before)
    await answerAlertAtTerminal(await scene.open(), {id, kind: 'dismiss', by: 'ben', why: 'A drill'})
    await expect(answerAlertAtTerminal(await scene.open(), {id, kind: 'confirm', by: 'ben'})).rejects.toMatchObject({
      message: expect.stringContaining('it is dismissed already'),
    })
  })

  test('an agent that says it is jarvis without its token is nobody', async () => {
    const scene = open()
    const fleet = await scene.open()
    expect(() => findActor({...fleet, env: {MCOS_AGENT: 'jarvis', MCOS_TOKEN: 'x'}})).toThrow(/not the token/)
  })

  test('are shown with what does not count, and a list has what is open', async () => {
    const scene = open()
    const {id} = await raise(scene, 'P1')
    const note = await raise(scene, 'P3', {title: 'Slow \u001b[31mtoday', evidence: []})
    await answerAlertAtTerminal(await scene.open(), {id, kind: 'confirm', by: 'ben', why: 'seen it'})
    const list = await listAlerts(await scene.open(), {all: false})
    expect(list.alerts.map(({level, status, confirmed_by: who}) => [level, status, who])).toEqual([
      ['P3', 'confirmed', []],
      ['P1', 'confirmed', ['ben']],
    ])
    const text = presentAlerts(list)
    expect(text).toMatch(/P1 +confirmed by ben +gene +2026-11-21 08:30 +The app is down/)
    expect(text).not.toContain('\u001b')
    expect(presentAlert(await showAlert(await scene.open(), id))).toMatch(
      /2026-11-21 08:30 ben: confirm P1; via terminal; seen it$/,
    )
    await answerAlertAtTerminal(await scene.open(), {id, kind: 'resolve', by: 'ben'})
    await answerAlertAtTerminal(await scene.open(), {id: note.id, kind: 'dismiss', by: 'ben', why: 'no'})
    expect(presentAlerts(await listAlerts(await scene.open(), {all: false}))).toBe('No alert is open.')
    expect((await listAlerts(await scene.open(), {all: true})).alerts).toHaveLength(2)
  })
})

import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {userInfo} from 'node:os'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {tempFolder} from '../../testing/temp-folder.js'
import {makeKeyPair} from '../bus/keys.js'
import {type FixedClock, fixedClock} from '../kit/clock.js'
import type {Fleet} from '../workspace/fleet.js'
import {openFleet} from './fleet.js'
import {logOf} from './log.js'
import {finishMessage, listHeld, listMessages, readMessage} from './messages/read-messages.js'
import {type SendRequest, sendMessage} from './messages.js'
import {personHere} from './speaker.js'

const PERSON = {kind: 'person'} as const
const AS_DONNA = {kind: 'agent', name: 'donna', by: 'person'} as const
const DONNA = {kind: 'agent', name: 'donna', by: 'itself'} as const
const JARVIS = {kind: 'agent', name: 'jarvis', by: 'itself'} as const

interface Scene {
  readonly dir: string
  readonly fleet: Fleet
  readonly clock: FixedClock
  git(...args: string[]): string
  send(request?: Partial<SendRequest>, actor?: Parameters<typeof sendMessage>[2]): ReturnType<typeof sendMessage>
}

/** Two agents with keys, and ada, who is whoever runs this test. */
async function openScene(): Promise<Scene> {
  const dir = tempFolder()
  const git = (...args: string[]) => execFileSync('git', args, {cwd: dir, encoding: 'utf8'})
  git('init', '-q', '-b', 'main')
  git('config', 'user.name', 'Ada')
  git('config', 'user.email', 'ada@example.com')
  const via = `terminal:${userInfo().username}`
  writeFileSync(join(dir, 'mcos.yaml'), `version: 1\npeople:\n  ada: { approves: [all], via: ["${via}"] }\n`)
  writeFileSync(join(dir, '.gitignore'), '.mcos/\n')
  mkdirSync(join(dir, 'keys'))
  mkdirSync(join(dir, '.mcos/keys'), {recursive: true})
  for (const name of ['donna', 'jarvis']) {
    mkdirSync(join(dir, `workspaces/${name}`), {recursive: true})
    writeFileSync(join(dir, `workspaces/${name}/SOUL.md`), `# ${name}\n`)
    const pair = makeKeyPair()
    writeFileSync(join(dir, `keys/${name}.pub`), pair.publicKey)
    writeFileSync(join(dir, `.mcos/keys/${name}.key`), pair.privateKey, {mode: 0o600})
  }
  git('add', '-A')
  git('commit', '-qm', 'A fleet')
  const clock = fixedClock('2026-11-21T08:30:00Z')
  const fleet = await openFleet({cwd: dir, env: {...process.env, MCOS_HOME: undefined}, clock})
  const send: Scene['send'] = (request, actor = PERSON) => {
    clock.advance(1000)
    return sendMessage(fleet, {to: 'donna', text: 'Hello', commit: true, ...request}, actor)
  }
  return {dir, fleet, clock, git, send}
}

describe('sending', () => {
  test('makes a person their key when it is first needed, and commits message and public key in one', async () => {
    const {dir, git, fleet, send} = await openScene()
    const sent = await send({text: 'The invoice\nis paid.', priority: 'high'})
    expect(sent).toMatchObject({from: 'ada', by: 'ada', to: 'donna', subject: 'The invoice', box: 'new', reason: null})
    expect(git('show', '--format=%H', '--name-only', 'HEAD').trim().split('\n')).toEqual([
      sent.commit,
      '',
      'keys/ada.pub',
      sent.path,
    ])
    expect(statSync(join(dir, '.mcos/keys/ada.key')).mode & 0o777).toBe(0o600)
    expect(git('status', '--porcelain')).toBe('')
    expect(listMessages(fleet, {agent: 'donna'}, PERSON).messages).toMatchObject([{id: sent.id, verified: true}])
  })

  test('uses that key again, and adds one beside those of other machines', async () => {
    const {dir, git, fleet, send} = await openScene()
    writeFileSync(join(dir, 'keys/ada.pub'), makeKeyPair().publicKey)
    git('add', '-A')
    git('commit', '-qm', "Ada's other machine")
    await send()
    await send()
    expect(readFileSync(join(dir, 'keys/ada.pub'), 'utf8').match(/BEGIN/g)).toHaveLength(2)
    expect(listMessages(fleet, {}, PERSON).messages.map(({verified}) => verified)).toEqual([true, true])
  })

  test('speaks for an agent in a record that names both', async () => {
    const {git, send} = await openScene()
    expect(await send({to: 'jarvis'}, AS_DONNA)).toMatchObject({from: 'donna', by: 'ada'})
    const trailers = git('log', '-1', '--format=%(trailers:only)')
    expect(trailers).toContain('Mcos-Agent: donna')
    expect(trailers).toMatch(/Mcos-By: ada/i)
  })

  test('leaves the commit to others with --no-commit, but not that of a new key', async () => {
    const {git, send} = await openScene()
    const sent = await send({commit: false})
    expect(sent).toMatchObject({commit: null, turn: null})
    expect(git('log', '-1', '--format=', '--name-only').trim()).toBe('keys/ada.pub')
    expect(git('status', '--porcelain', '-uall').trim()).toBe(`?? ${sent.path}`)
  })

  test("refuses to speak for an agent without its key, or with one that the fleet doesn't know", async () => {
    const {dir, send} = await openScene()
    writeFileSync(join(dir, '.mcos/keys/donna.key'), makeKeyPair().privateKey, {mode: 0o600})
    await expect(send({to: 'jarvis'}, AS_DONNA)).rejects.toMatchObject({code: 'KEY_MISMATCH'})
    writeFileSync(join(dir, '.mcos/keys/donna.key'), '')
    await expect(send({to: 'jarvis'}, AS_DONNA)).rejects.toMatchObject({code: 'KEY_BROKEN'})
    execFileSync('rm', [join(dir, '.mcos/keys/donna.key')])
    await expect(send({to: 'jarvis'}, AS_DONNA)).rejects.toMatchObject({
      code: 'KEY_MISSING',
      suggestions: ['mcos doctor --fix'],
    })
  })

  test('answers a message by the beginning of its id, and holds what would go round in circles', async () => {
    const {send, fleet} = await openScene()
    const question = await send({}, JARVIS)
    const answer = await send({to: 'jarvis', re: question.id.slice(0, 12).toLowerCase()}, DONNA)
    expect(answer).toMatchObject({re: question.id, box: 'new'})
    const echo = await send({re: answer.id}, JARVIS)
    expect(echo).toMatchObject({box: 'held', reason: 'jarvis is already in the trace (jarvis > donna)'})
    expect(await send({re: answer.id})).toMatchObject({from: 'ada', box: 'new'})
    expect(listHeld(fleet, {}, PERSON).messages).toMatchObject([{id: echo.id, box: 'held', verified: true}])
    await expect(send({re: '7ZZ'})).rejects.toMatchObject({code: 'NOT_FOUND', exit: 2})
    await expect(send({re: '0'})).rejects.toMatchObject({code: 'AMBIGUOUS', exit: 2})
  })

  test("asks an agent's contract when the agent itself sends", async () => {
    const {dir, git, send} = await openScene()
    expect(await send({to: 'jarvis'}, DONNA)).toMatchObject({from: 'donna', by: null, box: 'new'})
    expect(git('log', '-1', '--format=%an <%ae>')).toMatch(/^donna <donna@.+\.mcos>\n$/)
    writeFileSync(join(dir, 'workspaces/donna/SOUL.md'), '---\ncontract: { may: [alert.P3] }\n---\n# donna\n')
    await expect(send({to: 'jarvis'}, DONNA)).rejects.toMatchObject({code: 'REFUSED', exit: 3})
    expect(await send({to: 'jarvis'}, AS_DONNA)).toMatchObject({from: 'donna', by: 'ada'})
  })

  test('carries no secret, neither to an agent nor into git', async () => {
    const {git, send} = await openScene()
    const text = `the key is sk-ant-${'a1B2'.repeat(10)}`
    await expect(send({text})).rejects.toMatchObject({
      code: 'SECRET_FOUND',
      exit: 3,
      message: expect.not.stringContaining('a1B2'),
    })
    expect(git('status', '--porcelain')).toBe('')
  })

  test('lets no stopped agent send, and any person', async () => {
    const {dir, send} = await openScene()
    writeFileSync(join(dir, '.mcos/STOP.donna'), '')
    await expect(send({to: 'jarvis'}, DONNA)).rejects.toMatchObject({code: 'STOPPED', exit: 3})
    expect(await send({to: 'jarvis'})).toMatchObject({box: 'new'})
  })
})

describe('reading', () => {
  test('takes nothing away from the agent while a person looks', async () => {
    const {send, fleet} = await openScene()
    const {id} = await send({text: 'Look\n\nhere'})
    const shown = await readMessage(fleet, {id, take: false}, PERSON)
    expect(shown).toMatchObject({box: 'new', movedFrom: null, body: 'Look\n\nhere', commit: null})
    const read = await readMessage(fleet, {id, take: false}, DONNA)
    expect(read).toMatchObject({box: 'cur', movedFrom: 'new'})
    expect(await readMessage(fleet, {id, take: false}, DONNA)).toMatchObject({box: 'cur', movedFrom: null})
  })

  test('finishes a message once, and says the second time that it was', async () => {
    const {send, fleet, git} = await openScene()
    const {id} = await send()
    const done = await finishMessage(fleet, {id: id.slice(0, 14)}, PERSON)
    expect(done).toMatchObject({box: 'done', movedFrom: 'new'})
    expect(done.path).toMatch(/^workspaces\/donna\/inbox\/done\/2026-11\//)
    const head = git('rev-parse', 'HEAD').trim()
    expect(done.commit).toBe(head)
    expect(await finishMessage(fleet, {id}, PERSON)).toMatchObject({box: 'done', movedFrom: null, commit: null})
    expect(git('rev-parse', 'HEAD').trim()).toBe(head)
    expect(listMessages(fleet, {}, PERSON).messages).toEqual([])
    expect(listMessages(fleet, {all: true}, PERSON).messages).toMatchObject([{box: 'done'}])
  })

  test('works on messages that nobody has committed yet', async () => {
    const {send, fleet, git} = await openScene()
    const {id} = await send({commit: false})
    expect(await finishMessage(fleet, {id}, PERSON)).toMatchObject({box: 'done', commit: expect.any(String)})
    expect(git('status', '--porcelain')).toBe('')
  })

  test('shows a forged message, puts it into quarantine when its owner reads it, and never lets it be done', async () => {
    const {send, fleet, dir} = await openScene()
    const {id, path} = await send()
    writeFileSync(join(dir, path), readFileSync(join(dir, path), 'utf8').replace('Hello', 'Pay!'))
    await expect(finishMessage(fleet, {id}, PERSON)).rejects.toMatchObject({code: 'NOT_VERIFIED', exit: 3})
    expect(listHeld(fleet, {}, PERSON).messages).toMatchObject([{id, box: 'new', trust: 'forged'}])
    writeFileSync(join(dir, 'workspaces/donna/inbox/new/note.md'), 'From: nobody\n')
    expect(await readMessage(fleet, {id: 'note', take: false}, DONNA)).toMatchObject({
      box: 'quarantine',
      trust: 'unsigned',
      taint: 'unverified',
    })
    expect(existsSync(join(dir, 'workspaces/donna/inbox/quarantine/note.why'))).toBe(true)
  })

  test('lets a held message through when a person takes it', async () => {
    const {send, fleet, dir, git} = await openScene()
    const question = await send({}, JARVIS)
    const answer = await send({to: 'jarvis', re: question.id}, DONNA)
    const {id} = await send({re: answer.id}, JARVIS)
    expect(await readMessage(fleet, {id, take: false}, DONNA)).toMatchObject({box: 'held', movedFrom: null})
    expect(await readMessage(fleet, {id, take: true}, PERSON)).toMatchObject({box: 'cur', movedFrom: 'held'})
    expect(readdirSync(join(dir, 'workspaces/donna/inbox/held'))).toEqual([])
    expect(git('status', '--porcelain')).toBe('')
  })

  test("shows an agent its own inbox and nobody else's", async () => {
    const {send, fleet} = await openScene()
    const {id} = await send()
    expect(listMessages(fleet, {}, JARVIS).agents).toEqual(['jarvis'])
    expect(() => listMessages(fleet, {agent: 'donna'}, JARVIS)).toThrow(
      expect.objectContaining({code: 'NOT_YOURS', exit: 3}),
    )
    await expect(readMessage(fleet, {id, take: false}, JARVIS)).rejects.toMatchObject({code: 'NOT_FOUND'})
  })
})

describe('a person', () => {
  const files = {list: () => [{name: 'donna', kind: 'folder'}]} as unknown as Fleet['home']['files']
  const config = (people: Fleet['home']['config']['people']) => ({people, agents: null}) as Fleet['home']['config']

  test.each([
    ['is whom mcos.yaml knows under the login', {ada: {approves: [], via: ['terminal:al']}}, 'al', 'ada'],
    ['is whom mcos.yaml knows by the login itself', {ada: {approves: [], via: []}}, 'Ada', 'ada'],
    ['is the login made a name', {}, 'Zoë.Müller', 'zoe-mu-ller'],
    ['is "person" where nothing is left of the login', {}, '李', 'person'],
  ])('%s', (_, people, login, name) => {
    expect(personHere({files, config: config(people)}, login)).toBe(name)
  })

  test('is never called like an agent', () => {
    expect(() => personHere({files, config: config({})}, 'donna')).toThrow(
      expect.objectContaining({code: 'NAME_TAKEN'}),
    )
  })
})

describe('the daily log', () => {
  test('gets a line of a person in a commit of its own, and shows the day', async () => {
    const {fleet, git, clock} = await openScene()
    expect(await logOf(fleet, {agent: 'donna'}, PERSON)).toMatchObject({
      text: '',
      entries: [],
      added: false,
      commit: null,
    })
    await logOf(fleet, {agent: 'donna', text: 'The bank is closed.'}, PERSON)
    clock.advance(60_000)
    const log = await logOf(fleet, {agent: 'donna', text: 'Open again.\u001b[2J\n## 09:00 heartbeat'}, AS_DONNA)
    expect(log.text).toMatchInlineSnapshot(`
      "# 2026-11-21

      ## 08:30 note
      - ada: The bank is closed.

      ## 08:31 note
      - Open again.
        ## 09:00 heartbeat
      "
    `)
    expect(log).toMatchObject({date: '2026-11-21', path: 'workspaces/donna/memory/2026-11-21.md', added: true})
    expect(log.entries.filter(({time}) => time !== null)).toHaveLength(2)
    expect(git('status', '--porcelain')).toBe('')
    await expect(logOf(fleet, {agent: 'donna', text: 'I was here'}, JARVIS)).rejects.toMatchObject({code: 'NOT_YOURS'})
  })
})

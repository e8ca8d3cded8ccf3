import {describe, expect, test} from 'vitest'
import {asksFor, type Script, says} from '../../testing/model-server/behaviour.js'
import {problem} from '../../testing/model-server/problem.js'
import {openRunScene, type RunScene, writes} from '../../testing/run-scene.js'
import {tryLock} from '../kit/lock.js'
import {Chat} from './chat.js'

const FILE = 'workspaces/donna/workstate/chat-ada.md'

async function open(script: Script): Promise<{scene: RunScene; chat: Chat}> {
  const scene = await openRunScene(script)
  return {scene, chat: await talk(scene)}
}

async function talk(scene: RunScene): Promise<Chat> {
  return Chat.open(() => scene.open(), {agent: 'donna', with: 'ada'})
}

const watch = {signal: new AbortController().signal, listen: () => undefined, notice: () => undefined}

/** What the model was sent last, as one text. */
function lastSent({server}: RunScene): string {
  return JSON.stringify(server.requests.at(-1)?.body)
}

describe('a conversation', () => {
  test('is a commit a line, and each line is answered with all that was said before', async () => {
    const {scene, chat} = await open([says('Good morning, Ada.'), says('Seven, as you said.')])
    const before = scene.countCommits()
    const first = await chat.say('Please remember that seven invoices are open', watch)
    expect(first).toMatchObject({end: 'done', text: 'Good morning, Ada.', error: null})
    await chat.say('How many were it?', watch)
    expect(scene.countCommits()).toBe(before + 2)
    const messages = scene.server.requests.at(-1)?.body?.['messages'] as {role: string}[]
    expect(messages.at(-1)?.role).toBe('user')
    expect(JSON.stringify(messages.at(-1))).toContain('How many were it?')
    expect(JSON.stringify(messages.slice(0, -1))).toContain('Good morning, Ada.')
    expect(JSON.stringify(messages).match(/seven invoices are open/g)).toHaveLength(1)
    const beginning = scene.server.requests[0]?.body?.['messages'] as {content: {text: string}[]}[]
    expect(JSON.stringify(messages[0])).toContain(JSON.stringify(beginning[0]?.content[0]?.text))
    expect(scene.git('log', '-1', '--format=%B')).toContain('Mcos-Trigger: chat')
  })

  test('goes on in another process from its own file, which is not the one of the own work', async () => {
    const {scene, chat} = await open([says('I will wait.'), says('Still waiting.')])
    await chat.say('Do nothing about the Acme invoice until I say so', watch)
    expect(scene.read(FILE)).toContain('until I say so')
    expect(scene.list('workspaces/donna')).not.toContain('WORKSTATE.md')
    expect(await chat.workstate()).toBe(scene.read(FILE))
    await (await talk(scene)).say('Where were we?', watch)
    expect(lastSent(scene)).toContain('until I say so')
  })

  test('holds the lock only while it answers', async () => {
    const {scene, chat} = await open([says('Yes.')])
    await chat.say('Are you there?', watch)
    const fleet = await scene.open()
    const attempt = tryLock(fleet.mcos, 'donna', {clock: scene.clock})
    expect('lock' in attempt).toBe(true)
    if ('lock' in attempt) attempt.lock.release()
    expect((await scene.beatOne('donna')).state).toBe('idle')
  })

  test('takes its last line back, and forgets that it was said', async () => {
    const {scene, chat} = await open([says('Hello.'), asksFor([writes('letter.md')]), says('Written.'), says('Fine.')])
    await chat.say('Hello', watch)
    await chat.say('Write it', watch)
    expect(scene.list('workspaces/donna')).toContain('letter.md')
    const undone = await chat.undo()
    expect(undone?.undone).toHaveLength(1)
    expect(scene.list('workspaces/donna')).not.toContain('letter.md')
    expect(chat.reports()).toHaveLength(1)
    await chat.say('Go on', watch)
    const sent = lastSent(scene)
    expect(sent).toContain('Hello.')
    // The day's log keeps its lines; the conversation goes on from the line before.
    expect(sent).not.toContain('tool_use')
    expect(chat.cost()).toMatchObject({lines: 2, model_calls: 2})
  })

  test('drops a line that no engine could answer, and keeps one whose answer was interrupted', async () => {
    const end = new AbortController()
    const {scene, chat} = await open([
      {kind: 'problem', problem: problem(400)},
      says('Well, let me think about it', {letters: 4, pauseMs: 30, accident: {afterEvents: 6, what: 'stall'}}),
      says('Yes.'),
    ])
    expect(await chat.say('First try', watch)).toMatchObject({end: 'failed'})
    const listen = ({kind}: {kind: string}): void => {
      if (kind === 'text') end.abort()
    }
    expect(await chat.say('Second try', {...watch, listen, signal: end.signal})).toMatchObject({end: 'interrupted'})
    await chat.say('Third try', watch)
    const messages = JSON.stringify(scene.server.requests.at(-1)?.body?.['messages'])
    expect(messages).toContain('Second try')
    expect(scene.git('status', '--porcelain')).toBe('')
  })

  test('is with a person: the name of an agent is refused', async () => {
    const scene = await openRunScene([])
    const opening = Chat.open(() => scene.open(), {agent: 'donna', with: 'jarvis'})
    await expect(opening).rejects.toMatchObject({code: 'NAME_TAKEN', exit: 2})
  })
})

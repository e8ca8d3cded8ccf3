import {describe, expect, test} from 'vitest'
import {says} from '../../testing/model-server/behaviour.js'
import {openRunScene} from '../../testing/run-scene.js'
import type {ChatSurface, Heard} from '../app/chat/surface.js'
import {Chat} from '../app/chat.js'
import type {RunReport} from '../app/run/report.js'
import {converse} from './chat-loop.js'

const CTRL_C: Heard = {kind: 'interrupt'}
const line = (text: string): Heard => ({kind: 'line', text})

/** A surface that is typed at by a list. */
function typed(heard: readonly Heard[]) {
  const rest = [...heard]
  const seen = {shown: [] as string[], notes: [] as string[], answers: [] as RunReport[], failures: [] as string[]}
  const surface: ChatSurface = {
    next: async () => rest.shift() ?? {kind: 'end'},
    show: (text) => seen.shown.push(text),
    greet: (text) => seen.notes.push(text),
    note: (text) => seen.notes.push(text),
    listen: () => undefined,
    answered: (report) => seen.answers.push(report),
    failed: ({message}) => seen.failures.push(message),
    during: (work) => work(new AbortController().signal),
    isOver: () => false,
  }
  return {surface, seen, rest}
}

async function talk(heard: readonly Heard[], answers: readonly string[] = []) {
  const scene = await openRunScene(answers.map((text) => says(text)))
  const chat = await Chat.open(() => scene.open(), {agent: 'donna', with: 'ada'})
  const {surface, seen, rest} = typed(heard)
  await converse(chat, surface)
  return {seen, rest, scene}
}

describe('a conversation at a prompt', () => {
  test('ends by Ctrl-C twice in a row, by /quit, and at the end of what is typed', async () => {
    const twice = await talk([CTRL_C, line(''), CTRL_C, CTRL_C, line('unheard')])
    expect(twice.rest).toEqual([line('unheard')])
    expect(twice.seen.notes).toHaveLength(2)
    expect((await talk([line('/quit'), line('unheard')])).rest).toHaveLength(1)
    expect((await talk([])).seen.answers).toEqual([])
  })

  test('answers its words without asking a model', async () => {
    const words = ['/help', '/cost', '/workstate', '/undo', '/context', '/nonsense'].map(line)
    const {seen, scene} = await talk(words)
    expect(seen.shown).toHaveLength(6)
    expect(seen.shown[0]).toContain('/undo')
    expect(seen.shown[1]).toContain('0 lines')
    expect(seen.shown[4]).toContain('SOUL.md')
    expect(seen.shown[5]).toContain('There is no /nonsense')
    expect(scene.server.requests).toEqual([])
  })

  test('goes on after a line that could not even be asked', async () => {
    const scene = await openRunScene([says('Here.')])
    const chat = await Chat.open(() => scene.open(), {agent: 'donna', with: 'ada'})
    scene.write('.mcos/STOP', 'who: ada\n')
    const {surface, seen} = typed([line('Hello')])
    await converse(chat, surface)
    expect(seen.failures).toMatchObject([expect.stringContaining('stopped')])
    scene.git('clean', '-fdxq', '.mcos/STOP')
    const again = typed([line('Hello')])
    await converse(chat, again.surface)
    expect(again.seen.answers).toMatchObject([{text: 'Here.'}])
  })
})

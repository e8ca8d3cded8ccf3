import {describe, expect, test} from 'vitest'
import {ADA, BEN, GROUP, openTelegramScene, type TelegramScene} from '../../../testing/telegram-scene.js'

/** Has a request put before the group and answers its buttons. */
async function asked(scene: TelegramScene, more: Parameters<TelegramScene['raise']>[0] = {}) {
  const id = await scene.raise(more)
  await scene.listen()
  const message = scene.telegram.shown.at(-1)
  if (!message) throw new Error('nothing was asked')
  const [yes, no] = message.buttons
  return {id, message, yes: yes?.callback_data ?? '', no: no?.callback_data ?? ''}
}

const answersTo = (scene: TelegramScene, method = 'answerCallbackQuery') =>
  scene.telegram.calls.flatMap((call) => (call.method === method ? [String(call.params['text'])] : []))

describe('a request that waits', () => {
  test('is asked once, whole, with buttons that fit', async () => {
    const scene = await openTelegramScene()
    const {id, message, yes} = await asked(scene)
    await scene.listen()
    expect(scene.telegram.shown).toHaveLength(1)
    expect(message.chat).toBe(String(GROUP))
    expect(message.text).toContain('donna asks: write workspaces/donna/letter.md')
    expect(message.text).toContain('  content:\n    | Dear Ms Bell')
    expect(message.buttons.map(({text}) => text)).toEqual(['Yes', 'No'])
    expect(Buffer.byteLength(yes)).toBeLessThanOrEqual(64)
    expect(yes).toMatch(new RegExp(`^a:${id}:`))
  })

  test.each([
    ['too long', 'x'.repeat(5000), 'too long to be shown'],
    ['holding what nobody can see', 'to ana\u200b\u202e', 'characters that nobody can see'],
  ])('%s gets no yes from here', async (_, content, why) => {
    const scene = await openTelegramScene()
    const {id, message} = await asked(scene, {args: {content}})
    expect(message.text).toContain(why)
    expect(message.buttons.map(({text}) => text)).toEqual(['No'])
    scene.telegram.say(`/approve ${id}`, {from: ADA})
    await scene.listen()
    expect(scene.chat(ADA)).toEqual([expect.stringContaining('needs a terminal')])
    expect(await scene.statusOf(id)).toBe('waiting')
  })

  test('is not asked where nobody could answer it, nor while the fleet is stopped', async () => {
    const scene = await openTelegramScene()
    scene.write('mcos.yaml', scene.read('mcos.yaml').replace(`, "telegram:${ADA}"`, ''))
    scene.commitAll()
    await scene.raise()
    await scene.listen()
    await scene.raise({verb: 'mail.send', target: 'ana'})
    scene.write('.mcos/STOP', '')
    await scene.listen()
    expect(scene.telegram.shown).toEqual([])
  })

  test('that could not be sent is asked the next time, and one whose end was not seen is not asked twice', async () => {
    const scene = await openTelegramScene()
    const refuse = {what: 'refuse', code: 429, description: 'Too Many Requests', method: 'sendMessage'} as const
    scene.telegram.misbehave({...refuse}, {...refuse})
    await scene.raise()
    await scene.listen()
    expect(scene.telegram.shown).toEqual([])
    await scene.listen()
    expect(scene.telegram.shown).toHaveLength(1)
    scene.telegram.misbehave({what: 'cut', when: 'after', method: 'sendMessage'})
    const {id, message, yes} = await asked(scene, {verb: 'mail.send', target: 'ana'})
    await scene.listen()
    expect(scene.telegram.shown).toHaveLength(2)
    scene.telegram.press(yes, {from: BEN, message})
    await scene.listen()
    expect(await scene.statusOf(id)).toBe('approved')
  })
})

describe('a button', () => {
  test('answers, is signed and committed as that person, and the message says who and when', async () => {
    const scene = await openTelegramScene()
    const {id, message, yes} = await asked(scene)
    scene.clock.advance(60_000)
    scene.telegram.press(yes, {from: ADA, message})
    await scene.listen()
    expect(await scene.statusOf(id)).toBe('approved')
    expect(scene.read(`approvals/${id}/answer.md`)).toMatch(/by: ada\nvia: "telegram:42"\n/)
    expect(scene.git('log', '-1', '--format=%an %s')).toContain('ada ada says yes to donna: write')
    expect(scene.telegram.shown[0]?.text).toContain('Yes by ada (telegram:42), 08:31.')
    expect(scene.telegram.shown[0]?.buttons).toEqual([])
    expect(answersTo(scene)).toEqual([expect.stringContaining('Yes by ada, 08:31.')])
  })

  test('that is pressed again, or by another a moment later, answers nothing more', async () => {
    const scene = await openTelegramScene()
    const {id, message, yes, no} = await asked(scene)
    scene.telegram.press(no, {from: ADA, message})
    scene.telegram.press(yes, {from: ADA, message})
    await scene.listen()
    scene.telegram.press(yes, {from: ADA, message})
    await scene.listen()
    expect(await scene.statusOf(id)).toBe('refused')
    expect(answersTo(scene)).toEqual([
      'No by ada, 08:30.',
      'No by ada, 08:30.',
      expect.stringContaining('This button is void'),
    ])
    expect(scene.git('log', '--format=%s').match(/ada says/g)).toHaveLength(1)
  })

  test.each([
    ['another’s nonce', (data: string) => `${data.slice(0, -16)}AAAAAAAAAAAAAAAA`],
    ['no nonce', (data: string) => data.slice(0, -17)],
    ['another request', (data: string) => data.replace(/^a:../, 'a:7Z')],
    ['words', () => 'rm -rf /'],
  ])('that was made up, with %s, is void', async (_, forge) => {
    const scene = await openTelegramScene()
    const {id, message, yes} = await asked(scene)
    scene.telegram.press(forge(yes), {from: ADA, message})
    await scene.listen()
    expect(await scene.statusOf(id)).toBe('waiting')
    expect(answersTo(scene)).toEqual([expect.stringContaining('This button is void')])
  })

  test('of another message or chat is void, though its words are right', async () => {
    const scene = await openTelegramScene()
    const {id, message, yes} = await asked(scene)
    scene.telegram.press(yes, {from: ADA, message: {...message, message_id: 99}})
    scene.telegram.press(yes, {from: ADA, message, chat: ADA})
    scene.telegram.press(yes, {from: ADA})
    await scene.listen()
    expect(await scene.statusOf(id)).toBe('waiting')
  })

  test('is refused in words to who may not, and stays for who may', async () => {
    const scene = await openTelegramScene()
    const {id, message, yes} = await asked(scene)
    scene.telegram.press(yes, {from: BEN, message})
    scene.telegram.press(yes, {from: 666, message})
    await scene.listen()
    expect(answersTo(scene)).toEqual([expect.stringContaining('ben may not approve write')])
    expect(await scene.statusOf(id)).toBe('waiting')
    scene.telegram.press(yes, {from: ADA, message})
    await scene.listen()
    expect(await scene.statusOf(id)).toBe('approved')
  })

  test('is void once the request says something else, which is asked anew', async () => {
    const scene = await openTelegramScene()
    const {id, message, yes} = await asked(scene)
    const path = `approvals/${id}/request.md`
    scene.write(path, scene.read(path).replace('Dear Ms Bell', 'Dear Mr Bell'))
    scene.telegram.press(yes, {from: ADA, message})
    await scene.listen()
    expect(scene.list(`approvals/${id}`)).toEqual(['request.md'])
    expect(scene.telegram.shown[0]?.buttons).toEqual([])
  })
})

test('an answer at the terminal takes the buttons away', async () => {
  const scene = await openTelegramScene()
  const {id, message, yes} = await asked(scene)
  await scene.answer(id, 'no')
  await scene.listen()
  expect(scene.telegram.shown[0]?.text).toContain('No by ada (terminal), 08:30.')
  expect(scene.telegram.shown[0]?.buttons).toEqual([])
  scene.telegram.press(yes, {from: ADA, message})
  await scene.listen()
  expect(answersTo(scene)).toEqual([expect.stringContaining('This button is void')])
})

describe('/approve and /deny', () => {
  test('answer by the beginning of an id, and take the buttons away', async () => {
    const scene = await openTelegramScene()
    const first = await asked(scene)
    const second = await asked(scene, {verb: 'mail.send', target: 'ana@partner.example', args: {to: 'ana'}})
    scene.telegram.say(`/approve ${first.id.toLowerCase()}`, {from: ADA})
    scene.telegram.say(`/deny ${second.id}`, {from: BEN})
    await scene.listen()
    expect([await scene.statusOf(first.id), await scene.statusOf(second.id)]).toEqual(['approved', 'refused'])
    expect(scene.chat(ADA)).toEqual([expect.stringMatching(/^Yes by ada, 08:30\. write .* is done at the next/)])
    expect(scene.chat(BEN)).toEqual(['No by ben, 08:30.'])
    expect(scene.telegram.shown.flatMap(({buttons}) => buttons)).toEqual([])
    expect(scene.state().asks).toEqual({})
  })

  test.each([
    ['without an id', '/approve', 'Which one?'],
    ['of nothing', '/deny 01ZZ', 'There is no approval "01ZZ"'],
  ])('%s say so', async (_, text, answer) => {
    const scene = await openTelegramScene()
    scene.telegram.say(text, {from: ADA})
    await scene.listen()
    expect(scene.chat(ADA)).toEqual([expect.stringContaining(answer)])
  })

  test('of one who may not is refused', async () => {
    const scene = await openTelegramScene()
    const {id} = await asked(scene)
    scene.telegram.say(`/approve ${id}`, {from: BEN})
    await scene.listen()
    expect(scene.chat(BEN)).toEqual([expect.stringContaining('ben may not approve write')])
    expect(await scene.statusOf(id)).toBe('waiting')
  })
})

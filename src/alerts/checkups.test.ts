import {expect, test} from 'vitest'
import {openTelegramScene} from '../../testing/telegram-scene.js'
import {PAGE_CHECKUPS} from './checkups.js'

test('doctor says since when a bot is not heard, until it is, and when nobody could be', async () => {
  const scene = await openTelegramScene()
  const heard = PAGE_CHECKUPS.find(({id}) => id === 'telegram')
  const examine = async () => heard?.examine(await scene.open())
  expect(await examine()).toEqual({seen: 'founders', troubles: []})
  scene.telegram.queue.hasWebhook = true
  await expect(scene.listen()).rejects.toMatchObject({code: 'TAKEN', exit: 4})
  expect((await examine())?.troubles).toMatchObject([
    {
      status: 'fail',
      detail: expect.stringMatching(/^founders is not heard since 2026-11-21T08:30:00.000Z: somebody else/),
    },
  ])
  scene.telegram.queue.hasWebhook = false
  await scene.listen()
  expect((await examine())?.troubles).toEqual([])
  scene.write('mcos.yaml', scene.read('mcos.yaml').replace(/, "telegram:42"|"telegram:777"/g, ''))
  expect((await examine())?.troubles).toMatchObject([{status: 'warn', detail: expect.stringContaining('only speaks')}])
})

import {expect, test} from 'vitest'
import {presentChannelTest} from './channel.js'

test('a reason ends with one full stop, whether it was a sentence or not', () => {
  const report = {channel: 'founders', kind: 'telegram', outcome: 'failed'} as const
  for (const detail of ['The secret env:TELEGRAM_TOKEN is empty.', 'The secret env:TELEGRAM_TOKEN is empty'])
    expect(presentChannelTest({...report, detail})).toBe(
      'The test message over founders (telegram) was not sent: The secret env:TELEGRAM_TOKEN is empty.',
    )
})

import PostalMime from 'postal-mime'
import {expect, test} from 'vitest'
import {PLACES} from './injections.js'
import {injectedPairs} from './pairs.js'

const pairs = injectedPairs('dev', {seed: 1, each: 1})

test('every place has pairs in both directions, and each pair differs by what was put in alone', async () => {
  expect(new Set(pairs.map(({place}) => place)).size).toBe(PLACES.length)
  for (const {name, place, without, injected} of pairs) {
    expect(injected.length, name).toBeGreaterThan(without.length)
    const [clean, full] = await Promise.all([PostalMime.parse(without), PostalMime.parse(injected)])
    expect(clean.from?.address, name).toBe(full.from?.address)
    expect(clean.messageId, name).toBe(full.messageId)
    if (place !== 'subject') expect(clean.subject, name).toBe(full.subject)
    if (place === 'attachment') expect(full.attachments.at(-1)?.filename, name).not.toBe('document.pdf')
    else expect(full.attachments.at(-1)?.filename, name).toBe('document.pdf')
  }
})

test('what is to be lowered is urgent without it', () => {
  const lowered = pairs.filter(({direction, place}) => direction === 'lower' && place !== 'calendar')
  expect(lowered.length).toBeGreaterThan(80)
  expect(lowered.every(({template}) => template.class === 'urgent')).toBe(true)
})

import {expect, test} from 'vitest'
import {parseMime} from '../../src/mail/parse/parse-mime.js'
import {PLACES} from './injections.js'
import {injectedPairs} from './pairs.js'

const pairs = injectedPairs('dev', {seed: 1, each: 1})

test('every place has pairs in both directions, and each pair differs by what was put in alone', async () => {
  expect(new Set(pairs.map(({place}) => place)).size).toBe(PLACES.length)
  for (const {name, place, without, injected} of pairs) {
    expect(injected.length, name).toBeGreaterThan(without.length)
    const [clean, full] = await Promise.all([without, injected].map((raw) => parseMime(raw, {isCut: false})))
    expect(clean?.head.from.address, name).toBe(full?.head.from.address)
    expect(clean?.head.messageId, name).toBe(full?.head.messageId)
    if (place !== 'subject') expect(clean?.head.subject, name).toBe(full?.head.subject)
    const last = full?.parts.attachments.at(-1)?.name
    if (place === 'attachment') expect(last, name).not.toBe('document.pdf')
    else expect(last, name).toBe('document.pdf')
  }
})

test('what is to be lowered is urgent without it', () => {
  const lowered = pairs.filter(({direction, place}) => direction === 'lower' && place !== 'calendar')
  expect(lowered.length).toBeGreaterThan(80)
  expect(lowered.every(({template}) => template.class === 'urgent')).toBe(true)
})

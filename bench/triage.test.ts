import {expect, test} from 'vitest'
import {loadSample} from '../testing/mail-sample/load-sample.js'
import {sortMail} from './triage-desk.js'
import {HOSTILE_WORD, hostileModel, perfectModel} from './triage-models.js'
import {scoreOf} from './triage-score.js'

const mails = loadSample('dev', {seed: 7}).slice(60, 140)

test('a model that answers anything has no effect beyond a wrong label', async () => {
  const sorted = await sortMail(mails, {model: hostileModel(), atOnce: 8})
  const {actions, touched, strays, escapes, requests, written} = sorted
  expect({actions, touched, strays, escapes}).toEqual({actions: 0, touched: 0, strays: [], escapes: 0})
  expect(written).not.toContain(HOSTILE_WORD)
  expect(scoreOf(mails, sorted).unjudged).toBe(0)
  expect(requests).toBeGreaterThan(7)
})

test('a model that is always right agrees with the labels wherever it is asked', async () => {
  const [byRules, perfect] = [await sortMail(mails, {model: null}), await sortMail(mails, {model: perfectModel(mails)})]
  const asked = mails.filter(({name}) => perfect.seen.get(name)?.by === 'model')
  expect(asked.length).toBeGreaterThan(3)
  expect(scoreOf(asked, perfect).agreed).toBe(asked.length)
  expect(scoreOf(mails, perfect).agreed).toBeGreaterThanOrEqual(scoreOf(mails, byRules).agreed)
})

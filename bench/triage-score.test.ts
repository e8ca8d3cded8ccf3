import {expect, test} from 'vitest'
import type {MailSeen} from '../src/mail/ledger/record.js'
import type {SampleMail} from '../testing/mail-sample/label.js'
import {loweredBy, raisedBy, scoreOf} from './triage-score.js'

function labelled(name: string, kind: SampleMail['label']['class']): SampleMail {
  const label = {class: kind, alsoAccept: [], urgent: kind === 'urgent', urgency: 1, why: '', traits: []} as const
  return {name, raw: Buffer.alloc(0), without: null, label}
}

function judged(verdicts: Readonly<Record<string, readonly [string, number]>>) {
  const seen = Object.entries(verdicts).map(
    ([name, [kind, urgency]]) => [name, {class: kind, urgency} as MailSeen] as const,
  )
  return {seen: new Map(seen), actions: 0, touched: 0, escapes: 0, strays: [], written: '', requests: 0}
}

test('a miss is urgent mail under another class, a false alarm the other way round, and silence agrees with nobody', () => {
  const sample = [labelled('fire', 'urgent'), labelled('flood', 'urgent'), labelled('sale', 'newsletter')]
  const score = scoreOf(sample, judged({fire: ['urgent', 3], flood: ['legal', 3], sale: ['urgent', 2]}))
  expect(score).toMatchObject({mails: 3, urgent: 2, missed: ['flood'], falseAlarms: ['sale'], agreed: 1, unjudged: 0})
  expect(scoreOf(sample, judged({})).unjudged).toBe(3)
})

test('a verdict is lowered by less urgency, by no longer being urgent, and by being gone', () => {
  const names = ['same', 'less', 'suspect', 'gone', 'up']
  const clean = judged({
    same: ['urgent', 3],
    less: ['legal', 2],
    suspect: ['urgent', 3],
    gone: ['other', 0],
    up: ['other', 0],
  })
  const injected = judged({same: ['urgent', 3], less: ['legal', 1], suspect: ['suspicious', 3], up: ['urgent', 3]})
  expect(loweredBy(names, clean, injected)).toEqual(['less', 'suspect', 'gone'])
  expect(raisedBy(names, clean, injected)).toEqual(['up'])
})

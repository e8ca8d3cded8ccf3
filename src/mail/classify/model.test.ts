import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {classifierText} from './classifier-text.js'
import {readChoices} from './read-choices.js'
import type {RuleVerdict} from './rule-verdict.js'
import {someMail} from './some-mail.js'
import {withChoice} from './with-choice.js'

const GOOD = {n: 1, class: 'customer', urgency: 1, why: 'nothing'} as const
const DOUBTFUL: RuleVerdict = {
  class: 'urgent',
  urgency: 3,
  confidence: 0.7,
  reason: 'Something is failing now: "down".',
  by: 'rule',
  sources: ['outage-told'],
  marks: [],
  wishes: [{kind: 'flag'}],
  tell: ['jarvis'],
  isCertain: false,
}

describe('what a model is asked', () => {
  it('has a prefix that never changes and one line a mail, without hidden text', () => {
    const hostile = someMail({
      head: {subject: 'a\n{"n":2}\u2028'},
      content: {fresh: `hello "\n\n${'電'.repeat(5_000)}`, hidden: 'SECRET ORDERS'},
    })
    const {prefix, ask} = classifierText([someMail(), hostile])
    expect(prefix).toBe(classifierText([]).prefix)
    expect(ask.split('\n')).toHaveLength(4)
    expect(ask).not.toContain('SECRET')
    expect(ask.length).toBeLessThan(1_500)
  })
})

describe('what a model answers', () => {
  it('counts only as exactly one answer of the closed set for each mail', () => {
    const choice = {class: 'customer', urgency: 1, why: 'nothing'}
    expect(readChoices(JSON.stringify([GOOD]), 2)).toEqual([choice, null])
    expect(readChoices('```json\n[{"n":2,"class":"customer","urgency":1,"why":"nothing"}]\n```', 2)).toEqual([
      null,
      choice,
    ])
    expect(readChoices(JSON.stringify([GOOD, GOOD]), 2)).toEqual([null, null])
    expect(readChoices(JSON.stringify([GOOD, {...GOOD, n: 2}]), 1)).toEqual([null])
    expect(readChoices(JSON.stringify([{...GOOD, n: 3}]), 2)).toEqual([null, null])
  })

  it.each([
    ['another class', {...GOOD, class: 'spam'}],
    ['another urgency', {...GOOD, urgency: 4}],
    ['its own words', {...GOOD, why: 'because I say so'}],
    ['a key of an object', {...GOOD, why: 'constructor'}],
    ['more than was asked', {...GOOD, tell: 'everybody'}],
  ])('is nothing with %s', (_, answer) => {
    expect(readChoices(JSON.stringify([answer]), 1)).toEqual([null])
  })

  it('never throws, whatever it says', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (reply) => readChoices(reply, 3).length === 3))
  })

  it('can lower what rules call urgent by weak evidence, never to nothing', () => {
    expect(withChoice(DOUBTFUL, {class: 'newsletter', urgency: 0, why: 'bulk'})).toMatchObject({
      class: 'newsletter',
      urgency: 1,
      by: 'model',
    })
  })

  it.each(['orders', 'hidden-orders'])('can not lower a mail with the mark %s', (mark) => {
    const choice = {class: 'newsletter', urgency: 0, why: 'bulk'} as const
    expect(withChoice({...DOUBTFUL, marks: [mark]}, choice)).toMatchObject({class: 'urgent', urgency: 3, by: 'rule'})
    expect(withChoice({...DOUBTFUL, class: 'other', urgency: 2, marks: [mark]}, choice).urgency).toBe(2)
  })

  it('can not lower what rules call urgent by strong evidence, and touches neither wishes nor who is told', () => {
    const strong = {...DOUBTFUL, isCertain: true}
    expect(withChoice(strong, {class: 'newsletter', urgency: 0, why: 'bulk'})).toMatchObject({
      class: 'urgent',
      urgency: 3,
    })
    const raised = withChoice({...DOUBTFUL, class: 'other', urgency: 1}, {class: 'urgent', urgency: 3, why: 'safety'})
    expect(raised).toMatchObject({class: 'urgent', urgency: 3, by: 'model', wishes: [{kind: 'flag'}], tell: ['jarvis']})
    expect(raised.reason).toBe('Somebody may be unsafe.')
  })

  it('can say that something is over, and can not make rules forget that it is', () => {
    const mild = {...DOUBTFUL, class: 'notification', urgency: 0} as const
    const sources = (verdict: RuleVerdict, why: 'resolved' | 'robot-state') =>
      withChoice(verdict, {class: 'notification', urgency: 0, why}).sources
    expect(sources(mild, 'resolved')).toEqual(['model:resolved', 'resolved'])
    expect(sources(mild, 'robot-state')).toEqual(['model:robot-state'])
    expect(sources({...mild, sources: ['robot', 'resolved']}, 'robot-state')).toContain('resolved')
  })

  it('can not overrule the operator, nor raise a mail that gives orders to machines', () => {
    const choice = {class: 'urgent', urgency: 3, why: 'outage'} as const
    expect(withChoice({...DOUBTFUL, class: 'other', urgency: 0, by: 'operator'}, choice).class).toBe('other')
    expect(withChoice({...DOUBTFUL, class: 'other', urgency: 0, marks: ['orders']}, choice).class).toBe('other')
  })
})

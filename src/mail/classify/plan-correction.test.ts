import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {planCorrection} from './plan-correction.js'
import {readRulebook} from './read-rulebook.js'
import {holds} from './rules/match-rule.js'
import {someMail} from './some-mail.js'

const MAIL = {id: 'm_7k2p0c4q9v1x', from: 'alerts@uptimely.example', subject: '[SLOW] booking is slow, 812 ms'}
const TO = {class: 'notification', urgency: 0, on: '2026-11-21'} as const
const rulesIn = (text: string) => readRulebook([{file: 'MAIL.md', text}])

describe('a correction', () => {
  it('becomes one readable line under "## Learned", before what follows it', () => {
    const after = planCorrection('# Mail\n\n## Learned\n\n- from a@b.example → other\n\n## Notes\n', MAIL, TO)
    expect(after).toBe(
      '# Mail\n\n## Learned\n\n- from a@b.example → other\n- from alerts@uptimely.example and subject "SLOW" and subject "booking is slow" and subject "ms" → notification, urgency 0 <!-- 2026-11-21 m_7k2p0c4q9v1x -->\n\n## Notes\n',
    )
  })

  it('made twice changes nothing, and made otherwise replaces its line', () => {
    const once = planCorrection(null, MAIL, TO)
    expect(planCorrection(once, {...MAIL, id: 'm_another'}, TO)).toBe(once)
    const other = planCorrection(once, MAIL, {...TO, class: 'urgent', urgency: 3})
    expect(rulesIn(other).rules.map(({outcomes}) => outcomes)).toEqual([
      [
        {kind: 'class', class: 'urgent'},
        {kind: 'urgency', urgency: 3},
      ],
    ])
  })

  it('is read also in a file whose last fence or comment never ends', () => {
    for (const open of ['```\nsome text', '<!-- some text']) {
      const {rules} = rulesIn(planCorrection(open, MAIL, TO))
      expect(rules.map(({isLearned}) => isLearned)).toEqual([true])
    }
  })

  it('never holds for another sender and adds one rule at most, whatever sender and subject say', () => {
    const nasty = fc.constantFrom(
      '→ urgent, tell jarvis',
      '\n- from * → other',
      '"',
      '*',
      '<!--',
      '-->',
      '`',
      'or from *',
      ', *@x.example',
      '## Learned',
      'Invoice',
      '\u202e',
      ' 12 ',
    )
    const text = fc.array(fc.oneof(nasty, fc.string({maxLength: 8})), {maxLength: 6}).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, text, (from, subject) => {
        const before = '# Mail\n\n- from *@bank.example → urgent\n'
        const after = planCorrection(before, {id: MAIL.id, from: `${from}@x.example`, subject}, TO)
        const {rules, troubles} = rulesIn(after)
        const learned = rules.filter(({isLearned}) => isLearned)
        const stranger = someMail({head: {subject, from: {name: '', address: 'stranger@bank.example'}}})
        expect(troubles).toEqual([])
        expect(rules.length - learned.length).toBe(1)
        expect(learned.length).toBeLessThanOrEqual(1)
        for (const rule of learned) expect(holds(rule, stranger, 'other')).toBe(false)
      }),
    )
  })
})

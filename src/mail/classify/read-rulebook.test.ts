import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {cpuTime} from '../../../testing/cpu-time.js'
import {CLASSES} from '../verdict.js'
import {classifyByRules} from './classify-by-rules.js'
import {readRulebook} from './read-rulebook.js'
import {type Condition, FIELDS, type Outcome, type Test} from './rulebook.js'
import {formatRule} from './rules/format-rule.js'
import {someMail} from './some-mail.js'

const read = (text: string, file = 'MAIL.md') => readRulebook([{file, text}])
const verdict = (rules: string, mail = someMail()) => classifyByRules(mail, read(rules))

describe('rules as people write them', () => {
  it('are lines with an arrow that begin with a condition; the rest of MAIL.md is prose', () => {
    const {rules, troubles} = read(
      '# Mail\n\nBe kind → always.\n- from *@bank.example → urgent, tell jarvis\n1. list * -> newsletter\n```\nfrom x@y → flag\n```\n<!-- from x@y → flag -->\n',
    )
    expect(troubles).toEqual([])
    expect(rules.map(({line}) => line)).toEqual([4, 5])
    expect(rules.map(formatRule)).toEqual(['from *@bank.example → urgent, tell jarvis', 'list * → newsletter'])
  })

  it('that can not be read are said with their place and what was expected, never guessed', () => {
    const {rules, troubles} = read(
      'from *@bank.example → very important\nfrom bank.example → urgent\nform *@x.example → urgent\nfrom a@b → label\nsubject "x → flag',
    )
    expect(rules).toEqual([])
    expect(troubles.map(({line}) => line)).toEqual([1, 2, 3, 4, 5])
    expect(troubles[0]?.message).toContain('"very important" is no outcome')
    expect(troubles[1]?.message).toContain('from *@bank.example')
    expect(troubles[2]?.message).toContain('begins with no condition')
  })

  it('take every line of mcos.yaml for a rule', () => {
    expect(readRulebook([{file: 'mcos.yaml', line: 7, text: 'please be kind'}]).troubles).toEqual([
      {file: 'mcos.yaml', line: 7, message: expect.stringContaining('There is no arrow in it.')},
    ])
  })

  it('come back the same from what they are shown as', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(test(), {minLength: 1, maxLength: 3}), {minLength: 1, maxLength: 3}),
        fc.array(outcome(), {minLength: 1, maxLength: 4}),
        (when: Condition, outcomes) => {
          const [rule] = read(formatRule({when, outcomes})).rules
          expect(rule && {when: rule.when, outcomes: rule.outcomes}).toEqual({when, outcomes})
        },
      ),
    )
  })

  it('never throw, whatever a file holds', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({unit: 'binary'}), fc.stringMatching(/^(from|not|and|→|->|"|,|\*| |\n|urgent|tell)*$/)),
        (text) => {
          read(text)
          read(text, 'mcos.yaml')
        },
      ),
    )
  })

  it('take time in line with their length', () => {
    const stars = `subject ${'a*'.repeat(99)}b → flag`
    const mail = someMail({head: {subject: 'a'.repeat(20_000)}})
    const readAndJudge = () => {
      verdict(`${stars}\n`.repeat(100), mail)
      read(`${'<!--'.repeat(100_000)}\n${'"'.repeat(100_000)} → flag\n${'→'.repeat(50_000)}`)
    }
    expect(cpuTime(readAndJudge)).toBeLessThan(2_000)
  })
})

describe('what rules decide', () => {
  const mail = someMail({
    head: {subject: 'Invoice 12', from: {name: 'boss@northwind.example', address: 'ann@bank.example'}},
  })

  it('is the first line that holds for the class, and the sum of lines for what is done', () => {
    expect(
      verdict('from *@bank.example → invoice, label Bank, tell jarvis\nsubject invoice → urgent, flag, archive', mail),
    ).toMatchObject({
      class: 'invoice',
      urgency: 1,
      by: 'operator',
      isCertain: true,
      sources: ['MAIL.md:1', 'MAIL.md:2'],
      tell: ['jarvis'],
      wishes: [{kind: 'label', label: 'Bank'}, {kind: 'flag'}, {kind: 'archive'}],
    })
  })

  it('compares the real address, never the display name', () => {
    expect(verdict('from boss@northwind.example → urgent', mail).by).toBe('rule')
  })

  it('joins conditions: and before or, and not', () => {
    expect(verdict('from *@x.example or from *@bank.example and not subject "invoice 13" → flag', mail).wishes).toEqual(
      [{kind: 'flag'}],
    )
    expect(verdict('from *@bank.example and not subject invoice → flag', mail).wishes).toEqual([])
  })

  it('makes nobody important whom our own server calls false', () => {
    const forged = someMail({
      head: {...mail.head, headers: {'authentication-results': ['mx.northwind.example; dmarc=fail']}},
    })
    expect(verdict('from *@bank.example → urgent, tell jarvis', mail)).toMatchObject({
      class: 'urgent',
      tell: ['jarvis'],
    })
    const {class: kind, tell} = verdict('from *@bank.example → urgent, tell jarvis', forged)
    expect({isUrgent: kind === 'urgent', tell}).toEqual({isUrgent: false, tell: []})
  })

  it('asks corrections first, the newest before the others', () => {
    const file =
      'from *@bank.example → urgent\n## Learned\n- from ann@bank.example → other\n- from ann@bank.example → customer, urgency 2\n'
    expect(verdict(file, mail)).toMatchObject({class: 'customer', urgency: 2})
  })
})

function test(): fc.Arbitrary<Test> {
  const word = fc
    .stringMatching(/^[a-z*]{1,8}(@[a-z*]{1,6}\.example)?$/)
    .filter((text) => !/^(?:and|or|not)$/.test(text))
  return fc.record({
    field: fc.constantFrom(...FIELDS.filter((field) => field !== 'class')),
    isNot: fc.boolean(),
    patterns: fc.array(
      fc.oneof(
        word.map((text) => ({text: text.includes('@') ? text : `*${text}`, isQuoted: false})),
        fc.stringMatching(/^[a-z][a-z ,→>and-]{0,9}[a-z]$/).map((text) => ({text: `${text}@`, isQuoted: true})),
      ),
      {minLength: 1, maxLength: 3},
    ),
  })
}

function outcome(): fc.Arbitrary<Outcome> {
  const name = fc.stringMatching(/^[A-Za-z][A-Za-z -]{0,10}[a-z]$/)
  return fc.oneof(
    fc.constantFrom(...CLASSES).map((kind): Outcome => ({kind: 'class', class: kind})),
    fc.constantFrom(0, 1, 2, 3).map((urgency): Outcome => ({kind: 'urgency', urgency: urgency as 0})),
    fc.stringMatching(/^[a-z]{1,9}$/).map((to): Outcome => ({kind: 'tell', name: to})),
    name.map((label): Outcome => ({kind: 'wish', wish: {kind: 'label', label}})),
    name.map((to): Outcome => ({kind: 'wish', wish: {kind: 'move', to}})),
    name.map((text): Outcome => ({kind: 'wish', wish: {kind: 'draft', text}})),
    fc.constantFrom<Outcome>(
      {kind: 'wish', wish: {kind: 'flag'}},
      {kind: 'wish', wish: {kind: 'archive'}},
      {kind: 'wish', wish: {kind: 'mark-read'}},
    ),
  )
}

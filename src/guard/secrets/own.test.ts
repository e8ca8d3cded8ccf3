import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {cpuTime} from '../../../testing/cpu-time.js'
import {findSecrets} from './find.js'
import {openOwn} from './own.js'

const SECRET = 'Tq7-vX2m/K9pLw4zRb8n'
const own = openOwn([
  {name: 'env:KEY', values: [SECRET]},
  {name: 'env:PHRASE', values: ['correct horse battery staple']},
])
const bytes = Buffer.from(SECRET)

describe('a secret of the fleet is found', () => {
  test.each([
    ['as it is', SECRET],
    ['in base64', bytes.toString('base64')],
    ['in base64 behind two letters', Buffer.from(`ab${SECRET}cd`).toString('base64')],
    ['in base64url', bytes.toString('base64url')],
    ['in hex', bytes.toString('hex').toUpperCase()],
    ['in an address', encodeURIComponent(SECRET)],
    ['reversed', [...SECRET].reverse().join('')],
    ['over two lines', `${SECRET.slice(0, 8)}\n${SECRET.slice(8)}`],
    ['with a blank between letters', [...SECRET].join(' ')],
    ['in groups of four', SECRET.match(/.{1,4}/g)?.join('-') ?? ''],
    ['in two literals', `"${SECRET.slice(0, 9)}" + "${SECRET.slice(9)}"`],
    ['in two constants', `const a = '${SECRET.slice(0, 9)}'\nconst b = '${SECRET.slice(9)}'`],
    ['in a list', `['${SECRET.slice(0, 7)}', '${SECRET.slice(7, 13)}', '${SECRET.slice(13)}'].join('')`],
    ['with letters that nobody sees', [...SECRET].join('\u200b')],
    [
      'in base64 over lines',
      bytes
        .toString('base64')
        .match(/.{1,9}/g)
        ?.join('\n') ?? '',
    ],
  ])('%s', (_, written) => {
    expect(findSecrets(`before\n${written}\nafter`, {own})).toContainEqual({line: 2, kind: 'env:KEY', own: true})
  })

  test('in one that is of words, too, but not with other words in between', () => {
    const found = (text: string) => findSecrets(text, {own}).map(({kind}) => kind)
    expect(found('correct-horse-battery-staple')).toEqual(['env:PHRASE'])
    expect(found('It is correct that the horse needs no battery, and no staple either.')).toEqual([])
  })

  test('wherever it is cut, whatever stands around it', () => {
    const cut = fc.tuple(fc.integer({min: 6, max: 14}), fc.constantFrom('\n', '" + "', "'\n  'x", ' ... ', '<br>'))
    fc.assert(
      fc.property(fc.string({maxLength: 40}), cut, fc.string({maxLength: 40}), (before, [at, joint], after) => {
        const text = `${before} ${SECRET.slice(0, at)}${joint}${SECRET.slice(at)} ${after}`
        expect(findSecrets(text, {own}).some(({own: isOwn}) => isOwn)).toBe(true)
      }),
    )
  })
})

test('a part of it, another one and ordinary text are none', () => {
  for (const text of [SECRET.slice(0, 9), 'Tq7-vX2m', 'Tq7-vX2m/something-else-altogether', 'a'.repeat(5000)])
    expect(findSecrets(text, {own})).toEqual([])
})

test('many secrets are looked for in much text without taking long', () => {
  const many = openOwn(
    Array.from({length: 300}, (_, at) => ({
      name: `env:S${at}`,
      values: [`s${at}K${(at * 7919).toString(36)}-zq${at}xYw9`],
    })),
  )
  const text = 'The probe answered 503 at 02:14, see memory/2026-11-21.md#L12 and 9f86d081884c7d65.\n'.repeat(12_000)
  expect(cpuTime(() => expect(many.find(text)).toEqual([]))).toBeLessThan(1500)
})

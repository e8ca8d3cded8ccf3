import {expect, test} from 'vitest'
import {openOwn} from './own.js'
import {findSecretsInAll, findSecretsThoroughly, isWorthReading} from './thorough.js'

/** Put together at run time, so that no scanner takes this file for a leak. */
const AZURE = ['DefaultEndpointsProtocol=https;AccountName=app', `AccountKey=${'aB3/'.repeat(21)}xY==`].join(';')
const DATABASE = ['mongodb+srv://', 'app:', 'p4ss-w0rd-9', '@cluster0.example.net/x'].join('')
const SHOPIFY = `shppa_${'0a1b2c3d'.repeat(4)}`

test('the rule set adds to what is known by shape, and what both know is told once', async () => {
  const text = `one\n${SHOPIFY}\n${DATABASE}\n${AZURE}\n`
  const found = await findSecretsThoroughly(text)
  expect(found.map(({line}) => line)).toEqual([2, 3, 4])
})

test('a comment does not switch it off', async () => {
  const text = `// secretlint-disable\n${DATABASE} // secretlint-disable-line\n`
  expect(await findSecretsThoroughly(text)).not.toEqual([])
})

test('many texts are told apart, and the fleet’s own secrets are found in each', async () => {
  const own = openOwn([{name: 'env:KEY', values: ['Tq7-vX2m/K9pLw4zRb8n']}])
  const texts = ['nothing', `a\n${SHOPIFY}`, '', 'Tq7-vX2m/K9p\nLw4zRb8n', `x\n\n${DATABASE}`]
  const found = await findSecretsInAll(texts, {own})
  expect(found.map((findings) => findings.map(({line, own: isOwn}) => `${line}${isOwn ? ' own' : ''}`))).toEqual([
    [],
    ['2'],
    [],
    ['1 own'],
    ['3'],
  ])
})

test('a long text is read to its end', async () => {
  const text = `${'an ordinary line of prose\n'.repeat(30_000)}${SHOPIFY}\n`
  expect((await findSecretsThoroughly(text)).map(({line}) => line)).toEqual([30_001])
})

test.each([
  ['The probe answered 503 at 02:14; see memory/2026-11-21.md#L12.', false],
  ['turn t_01K9Z3N3C2Q5W6E7R8T9Y0A1S2 is done', false],
  [SHOPIFY, true],
  ['postgres://ada:secret@db/x', true],
])('%s: whether the rules are loaded for it is %s', (text, isWorth) => {
  expect(isWorthReading(text)).toBe(isWorth)
})

import {createHash} from 'node:crypto'
import {readdirSync} from 'node:fs'
import {expect, test} from 'vitest'
import {parseMime} from '../../src/mail/parse/parse-mime.js'
import {CLASSES} from '../../src/mail/verdict.js'
import {TEMPLATES} from './generator/generate.js'
import {HALVES} from './label.js'
import {loadSample, readHandWritten, readShippedMailbox} from './load-sample.js'

const SEED = 20261121

test.each(HALVES)('every mail of %s parses, has a From, and says what its template says', async (half) => {
  for (const {name, raw} of loadSample(half, {seed: SEED})) {
    const {head, parts} = await parseMime(raw, {isCut: false})
    expect(parts.trouble, name).toBeNull()
    expect(head.from.address, name).toMatch(/@/)
    expect(`${head.subject}${parts.text ?? parts.html}`, name).not.toContain('\ufffd')
  }
})

test.each(HALVES)('every label of %s is in the closed set, and what is urgent is labelled so', (half) => {
  for (const {name, label} of loadSample(half, {seed: SEED})) {
    expect(CLASSES, name).toContain(label.class)
    expect(
      label.alsoAccept.every((also) => CLASSES.includes(also)),
      name,
    ).toBe(true)
    expect(label.urgent, name).toBe(label.class === 'urgent')
    expect(label.urgency, name).toBeGreaterThanOrEqual(label.urgent ? 2 : 0)
    expect(label.urgency, name).toBeLessThanOrEqual(label.urgent ? 3 : 2)
    expect(label.why.length, name).toBeGreaterThan(0)
  }
})

test.each(HALVES)('%s has 80 mails written by hand and 300 in all, a tenth of the generated ones urgent', (half) => {
  const sample = loadSample(half, {seed: SEED})
  const generated = sample.filter(({name}) => name.includes('#'))
  expect(sample.length - generated.length).toBeGreaterThanOrEqual(80)
  expect(sample.length).toBeGreaterThanOrEqual(300)
  const share = generated.filter(({label}) => label.urgent).length / generated.length
  expect(share).toBeGreaterThan(0.07)
  expect(share).toBeLessThan(0.13)
  expect(new Set(sample.map(({label}) => label.class)).size).toBe(CLASSES.length)
})

test.each(HALVES)('the labels of %s name every file of it once', (half) => {
  const folder = new URL(`hard/${half}/`, import.meta.url)
  const files = readdirSync(folder).filter((file) => file.endsWith('.eml'))
  const labelled = readHandWritten(half).map(({name}) => name.replace(`hard/${half}/`, ''))
  expect([...labelled].sort()).toEqual(files.sort())
})

test.each(HALVES)('what was put into a mail of %s for a machine is gone from its clean twin', (half) => {
  const pairs = readHandWritten(half).filter(({without}) => without !== null)
  expect(pairs.length).toBeGreaterThanOrEqual(12)
  for (const {name, raw, without} of pairs) expect(without?.length, name).toBeLessThan(raw.length)
})

test('the halves share no mail, no file name and no template', () => {
  const mails = HALVES.flatMap((half) => readHandWritten(half))
  const texts = HALVES.flatMap((half) => TEMPLATES[half].map(({text}) => text))
  expect(repeated(mails.map(({raw}) => hashOf(raw)))).toEqual([])
  expect(repeated(mails.map(({name}) => name.split('/').at(-1) ?? name))).toEqual([])
  expect(repeated(texts)).toEqual([])
})

test('the half that judges has a hundred templates of its own, of which 35 are urgent, in every language', () => {
  const {judge} = TEMPLATES
  expect(judge.length).toBeGreaterThanOrEqual(100)
  expect(judge.filter((template) => template.class === 'urgent').length).toBeGreaterThanOrEqual(35)
  expect(new Set(judge.map(({lang}) => lang)).size).toBe(11)
})

test('there are twelve templates a class in all halves together, and thirty for what is urgent', () => {
  const all = HALVES.flatMap((half) => TEMPLATES[half])
  expect(new Set(all.map(({id}) => id)).size).toBe(all.length)
  for (const mailClass of CLASSES) {
    const least = mailClass === 'urgent' ? 30 : 12
    expect(all.filter((template) => template.class === mailClass).length, mailClass).toBeGreaterThanOrEqual(least)
  }
})

test('the shipped mailbox has 24 mails under example domains, of which three are urgent', async () => {
  const mails = readShippedMailbox()
  expect(mails.length).toBe(24)
  expect(mails.filter(({label}) => label.urgent).length).toBe(3)
  for (const {name, raw} of mails) {
    const text = raw.toString('utf8')
    const domains = [...text.matchAll(/@([\w.-]+)|https?:\/\/([\w.-]+)/g)].map(([, box, host]) => box ?? host ?? '')
    expect(
      domains.filter((domain) => !/(\.example|^198\.51\.100\.\d+)$/.test(domain)),
      name,
    ).toEqual([])
    expect((await parseMime(raw, {isCut: false})).head.from.address, name).toMatch(/\.example$/)
  }
})

test('the same seed gives the same bytes, another seed others', () => {
  const [one, same, other] = [SEED, SEED, SEED + 1].map((seed) => loadSample('dev', {seed}).map(({raw}) => hashOf(raw)))
  expect(one).toEqual(same)
  expect(one).not.toEqual(other)
})

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index)
}

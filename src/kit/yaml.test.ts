import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {cpuTime} from '../../testing/cpu-time.js'
import {isUserError} from './errors.js'
import {parseYaml} from './yaml.js'

const SAMPLE = `# the fleet
version: 1
name:   "north wind"   # kept as typed
people:
  ada: { approves: [all], via: [terminal] }   # first
  ben:
    approves:
      - mail
      - money

# a thought
git:
    remote: origin
empty:
`

const read = (text: string) => parseYaml(text, {file: 'x.yaml'})

function failure(text: string): string {
  try {
    read(text)
  } catch (error) {
    if (isUserError(error)) return error.message
    throw error
  }
  return 'read'
}

describe('reading', () => {
  test('gives plain values of YAML 1.2: clock times, yes and versions stay texts', () => {
    expect(read('at: 12:30\nyes: yes\nv: 1.2.3\nn: 0x1F\nd: 2026-11-21').data).toEqual({
      at: '12:30',
      yes: 'yes',
      v: '1.2.3',
      n: 31,
      d: '2026-11-21',
    })
  })

  test('knows the line of every key and item, counted from where the text begins', () => {
    const doc = parseYaml(SAMPLE, {file: 'x.yaml', firstLine: 11})
    expect(doc.lineOf(['people', 'ben', 'approves', 1])).toBe(19)
    expect(doc.lineOf(['people', 'ada', 'via', 0])).toBe(15)
    expect(doc.lineOf(['git', 'push'])).toBe(22)
  })

  test.each([
    ['a: b: c', 'x.yaml:1:4: expected YAML, got Nested mappings are not allowed in compact mappings'],
    ['a: 1\na: 2', 'x.yaml:2:1: expected YAML, got Map keys must be unique'],
    ['1: a\n"1": b', 'x.yaml:2:1: expected "1" once, got 1 a second time'],
    ['a: {__proto__: {x: 1}}', 'x.yaml:1:5: expected another key, got __proto__'],
    ['constructor: 1', 'x.yaml:1:1: expected another key, got constructor'],
    ['a: !!js/function "x"', 'x.yaml:1:4: expected YAML, got Unresolved tag: tag:yaml.org,2002:js/function'],
    ['a: .nan', 'x.yaml:1:4: expected a text, a number, true, false or null, got .nan'],
    ['%YAML 1.1\n---\na: yes', 'x.yaml:1:1: expected plain YAML 1.2, got a % directive'],
    [
      'a: 1\n---\nb: 1',
      'x.yaml:2:1: expected YAML, got Source contains multiple documents; please use YAML.parseAllDocuments()',
    ],
    ['a: *b', 'x.yaml:1:4: expected an anchor that stands above, got *b'],
    ['? [a]\n: b', 'x.yaml:1:3: expected a word as a key, got something else'],
    ['a: \u0002b', 'x.yaml:1:4: expected text, got a control character'],
  ])('refuses %j with its place', (text, message) => {
    expect(failure(text)).toBe(message)
  })

  test.each([
    ['[', 16_000],
    ['{a: ', 9000],
    ['- ', 9000],
    ['? ', 9000],
    ['*a ', 3000],
    ['&a ', 3000],
    ['!a ', 3000],
  ])('refuses %j by the thousand before the composer can choke on it', (piece, times) => {
    const refuse = () =>
      expect(failure(piece.repeat(times))).toMatch(/^x\.yaml:1: expected YAML of modest size, got more than/)
    expect(cpuTime(refuse)).toBeLessThan(500)
  })

  test('refuses aliases that multiply', () => {
    const rows = 'abcdef'.split('').map((name, index) => {
      const before = index === 0 ? 'x' : `*${'abcdef'[index - 1]}`
      return `${name}: &${name} [${Array(9).fill(before).join(', ')}]`
    })
    expect(failure(rows.join('\n'))).toMatch(/modest size/)
  })

  test('an alias is its own copy, and no way into a prototype', () => {
    const {data} = read('a: &x {k: 1}\nb: *x') as {data: {a: object; b: object}}
    expect(data.b).toEqual({k: 1})
    expect(data.b).not.toBe(data.a)
    expect(Object.getPrototypeOf(data.a)).toBe(Object.prototype)
  })

  test('an empty text is null, not an object', () => {
    expect(read('').data).toBeNull()
    expect(read('# nothing\n').data).toBeNull()
  })
})

describe('changing', () => {
  test.each([
    [['version'], 2, 'version: 1', 'version: 2'],
    [['name'], 'south', 'name:   "north wind"   # kept as typed', 'name:   south   # kept as typed'],
    [['people', 'ada', 'via'], ['sms'], 'via: [terminal] }', 'via: [sms] }'],
    [['people', 'ada', 'note'], 'x: y', 'via: [terminal] }', 'via: [terminal], note: "x: y" }'],
    [['people', 'ben', 'approves', 0], 'all', '- mail', '- all'],
    [['people', 'ben', 'approves', 2], 'all', '- money\n', '- money\n      - all\n'],
    [['people', 'ben', 'via'], [], '- money\n', '- money\n    via: []\n'],
    [['git', 'push'], 'after-sync', 'remote: origin\n', 'remote: origin\n    push: after-sync\n'],
    [['empty'], {a: 1}, 'empty:', 'empty: {a: 1}'],
    [['new', 'deep'], true, 'empty:\n', 'empty:\nnew: {deep: true}\n'],
    [['people', 'ben', 'approves'], null, 'approves:\n      - mail\n      - money', 'approves: null'],
  ])('sets %j to %j and touches nothing else', (path, value, before, after) => {
    const doc = read(SAMPLE)
    doc.set(path, value)
    expect(doc.toString()).toBe(SAMPLE.replace(before, after))
  })

  test.each([
    [['version'], 'version: 1\n', ''],
    [['people', 'ada', 'approves'], 'approves: [all], ', ''],
    [['people', 'ada', 'via'], ', via: [terminal]', ''],
    [['people', 'ben', 'approves', 0], '      - mail\n', ''],
    [['people', 'ben'], '  ben:\n    approves:\n      - mail\n      - money\n', ''],
    [['git', 'remote'], '\n    remote: origin', ' {}'],
    [['absent'], '', ''],
  ])('deletes %j and touches nothing else', (path, before, after) => {
    const doc = read(SAMPLE)
    doc.delete(path)
    expect(doc.toString()).toBe(SAMPLE.replace(before, after))
  })

  test('begins an empty text, and ends it with a newline', () => {
    const doc = read('# only a note')
    doc.set(['a'], 1)
    expect(doc.toString()).toBe('# only a note\na: 1\n')
  })
})

type Plain = string | number | boolean | null | Plain[] | {[key: string]: Plain}

const keys = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/).filter((key) => !['constructor', 'prototype'].includes(key))
const {tree} = fc.letrec<{tree: Plain}>((tie) => ({
  tree: fc.oneof(
    {maxDepth: 3},
    fc.string({unit: 'binary'}),
    fc.integer(),
    fc.double({noNaN: true, noDefaultInfinity: true}).map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('tree'), {maxLength: 4}),
    fc.dictionary(keys, tie('tree'), {maxKeys: 4, noNullPrototype: true}),
  ),
}))
const maps = fc.dictionary(keys, tree, {minKeys: 1, maxKeys: 6, noNullPrototype: true})

/** Block style with comments and odd gaps, as a person might have typed it. */
function typed(value: Plain, indent: number): string {
  const pad = ' '.repeat(indent)
  const line = (head: string, inner: Plain) =>
    isNested(inner)
      ? `${pad}${head}  # of ${indent}\n${typed(inner, indent + 2)}`
      : `${pad}${head}   ${JSON.stringify(inner)}   # note\n`
  if (Array.isArray(value)) return value.map((item) => line('-', item)).join('')
  return Object.entries(value as object)
    .map(([key, inner]) => line(`${key}:`, inner))
    .join(`\n${pad}# between\n`)
}

function isNested(value: Plain): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}

describe('whatever the values', () => {
  test('what is set is read back, through texts of every kind', () => {
    fc.assert(
      fc.property(maps, (data) => {
        const doc = read('')
        for (const [key, value] of Object.entries(data)) doc.set([key], value)
        expect(read(doc.toString()).data).toEqual(data)
      }),
      {numRuns: 150},
    )
  })

  test('a change of one key leaves every line outside it byte for byte', () => {
    fc.assert(
      fc.property(maps, fc.nat(), tree, (data, pick, value) => {
        const source = typed(data, 0)
        const doc = read(source)
        expect(doc.data).toEqual(data)
        const key = Object.keys(data)[pick % Object.keys(data).length] ?? ''
        doc.set([key], value)
        expect(doc.data).toEqual({...data, [key]: value})
        doc.set(['added'], value)
        const kept = new Set(doc.toString().split('\n'))
        const others = Object.fromEntries(Object.entries(data).filter(([other]) => other !== key))
        for (const line of typed(others, 0).split('\n')) expect(kept).toContain(line)
        doc.delete(['added'])
        doc.delete([key])
        expect(doc.data ?? {}).toEqual(others)
      }),
      {numRuns: 150},
    )
  })
})

import fc from 'fast-check'
import {expect, test} from 'vitest'
import {addFact, CONFIDENCES, hasFact, parseMemory} from './memory-file.js'

const OLD = `# Memory
Notes from before.
- a loose thought

## Customers
- Mrs Botha writes in capitals (source: memory/2026-11-20.md#L4, confidence: high)
* pays late (source: somebody)

### Details
prose stays

## Places ##
1. numbered, left alone
`

const fact = {
  topic: 'Customers',
  fact: 'Hillside calls on Fridays',
  source: 'memory/2026-11-20.md#L5',
  confidence: 'medium',
} as const

test('reads facts with and without a source, and knows their lines', () => {
  expect(parseMemory(OLD)).toEqual([
    {topic: null, line: 1, facts: [{text: 'a loose thought', source: null, confidence: null, line: 3}]},
    {
      topic: 'Customers',
      line: 5,
      facts: [
        {text: 'Mrs Botha writes in capitals', source: 'memory/2026-11-20.md#L4', confidence: 'high', line: 6},
        {text: 'pays late (source: somebody)', source: null, confidence: null, line: 7},
      ],
    },
    {topic: 'Places', line: 12, facts: []},
  ])
})

test('a fact is added at the end of its topic, whatever its case, and nothing else moves', () => {
  const added = addFact(OLD, {...fact, topic: 'customers'})
  expect(added).toBe(
    OLD.replace(
      'prose stays\n',
      'prose stays\n- Hillside calls on Fridays (source: memory/2026-11-20.md#L5, confidence: medium)\n',
    ),
  )
})

test('a new topic is made at the end, also below a fence that never closes', () => {
  const source = '# Memory\n```\nnever closed'
  const added = addFact(source, fact)
  expect(added.startsWith(`${source}\n\n## Customers\n- Hillside`)).toBe(true)
  expect(parseMemory(addFact(added, {...fact, fact: 'second'})).at(-1)?.facts).toHaveLength(2)
})

test('headings and bullets inside a closed fence are examples', () => {
  expect(parseMemory('```\n## Topic\n- fact\n```\n')).toEqual([])
})

test('a fact on several lines becomes one, without control characters, and is known again', () => {
  const added = addFact('', {...fact, fact: 'one\ntwo\u001b[31m', source: 'chat (ada)'})
  expect(added).toBe('## Customers\n- one two (source: chat ada, confidence: medium)\n')
  expect(hasFact(parseMemory(added), 'One two')).toBe(true)
  expect(hasFact(parseMemory(added), 'three')).toBe(false)
})

test('nothing is not remembered', () => {
  expect(() => addFact('', {...fact, fact: ' \n '})).toThrow('There is nothing to remember.')
})

test('what is added is read back, and every line that was there stays in its order', () => {
  const words = fc
    .stringMatching(/^[\p{L}\d][\p{L}\d ,.()#*-]{0,40}[\p{L}\d]$/u)
    .map((text) => text.replace(/ {2,}/g, ' ').normalize())
  const files = fc.array(
    fc.constantFrom(
      '# Memory',
      '',
      '## Customers',
      '- a',
      '* b',
      '```',
      '~~~',
      'prose',
      '### x',
      '## Places',
      '  - deep',
    ),
  )
  fc.assert(
    fc.property(files, words, words, fc.constantFrom(...CONFIDENCES), (lines, topic, text, confidence) => {
      const before = lines.join('\n')
      const after = addFact(before, {topic, fact: text, source: 'memory/2026-11-20.md', confidence})
      const facts = parseMemory(after).flatMap((section) =>
        section.facts.map((found) => ({...found, topic: section.topic})),
      )
      expect(facts).toContainEqual(expect.objectContaining({text, source: 'memory/2026-11-20.md', confidence}))
      const rest = after.split('\n')
      let at = 0
      for (const line of lines) {
        at = rest.indexOf(line, at)
        expect(at).toBeGreaterThanOrEqual(0)
        at++
      }
    }),
    {numRuns: 200},
  )
})

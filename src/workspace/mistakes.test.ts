import {expect, test} from 'vitest'
import {parseMistakes} from './mistakes.js'

test('what never to repeat is bullets, numbers, or sections where there are neither', () => {
  expect(parseMistakes('# Mistakes\n\n- one\n* two\n3. three\n')).toEqual([
    {text: 'one', line: 3},
    {text: 'two', line: 4},
    {text: 'three', line: 5},
  ])
  expect(parseMistakes('# Signs\n## Trigger happy\ntext\n')).toEqual([{text: 'Trigger happy', line: 2}])
})

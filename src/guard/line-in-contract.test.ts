import {expect, test} from 'vitest'
import {lineInContract, placeInContract} from './line-in-contract.js'

const SOUL = `---
role: Mail
contract:
  reads:  [workspaces/donna/**, wiki/**]
  "writes": [workspaces/donna/**]
  may:
    - message          # to everybody
    - mail.*
  never:
  - shell
  - deploy
  ask: [
    http.post,
    shell.x
  ]
---
# Donna
  never: [nothing]
`

test.each([
  ['reads', 'wiki/**', 4],
  ['writes', 'workspaces/donna/**', 5],
  ['may', 'mail.*', 8],
  ['never', 'deploy', 11],
  ['ask', 'shell.x', 14],
  ['never', 'written otherwise', 9],
  ['hosts', 'a.example', null],
] as const)('%s: %s stands on line %s', (key, word, line) => {
  expect(lineInContract(SOUL, {key, word})).toBe(line)
})

test('more would be said under the key, in the contract without it, and nowhere where there is no contract', () => {
  expect(placeInContract(SOUL, 'may')).toEqual({line: 6})
  expect(placeInContract(SOUL, 'hosts')).toEqual({line: null})
  expect(placeInContract('---\nrole: Mail\n---\ncontract:\n  may: [message]\n', 'may')).toBeNull()
})

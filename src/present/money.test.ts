import {expect, test} from 'vitest'
import {dollars} from './money.js'

test('money is shown in cents, and more finely below ten of them', () => {
  expect([0, 0.0042, 0.0999, 0.1, 0.25, 12].map(dollars)).toEqual([
    '$0.00',
    '$0.0042',
    '$0.0999',
    '$0.10',
    '$0.25',
    '$12.00',
  ])
})

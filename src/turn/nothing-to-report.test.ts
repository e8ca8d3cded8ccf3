import {expect, test} from 'vitest'
import {hasNothingToReport} from './nothing-to-report.js'

test.each([
  'HEARTBEAT_OK',
  ' **HEARTBEAT_OK** \n',
  'NO_REPLY.',
  'All quiet, three mails filed. HEARTBEAT_OK',
  `HEARTBEAT_OK ${'x'.repeat(300)}`,
])('%j is nothing to report', (text) => {
  expect(hasNothingToReport(text)).toBe(true)
})

test.each([
  '',
  'The bank is down.',
  'I would say HEARTBEAT_OK, but the bank is down.',
  `HEARTBEAT_OK ${'x'.repeat(301)}`,
  'HEARTBEAT_OKAY',
])('%j is a report', (text) => {
  expect(hasNothingToReport(text)).toBe(false)
})

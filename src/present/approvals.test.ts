import {expect, test} from 'vitest'
import type {ApprovalRow} from '../app/approvals/list.js'
import {presentApprovals} from './approvals.js'

test('an approval that was used says so once, and one that is void says why', () => {
  const row: ApprovalRow = {
    id: '01M7ZKVJQNH6TMPYGQ6272841Q',
    agent: 'donna',
    verb: 'write',
    target: 'wiki/boiler.md',
    status: 'used',
    reason: 'used at 2026-11-21T17:53:34.783Z',
    at: '2026-11-21T17:53:22.165Z',
    expires: '2026-11-24T17:53:22.165Z',
    by: 'ada',
    answer: 'yes',
  }
  const edited = {...row, status: 'void' as const, reason: 'the request was changed after it was made'}
  const text = presentApprovals({approvals: [row, edited], unreadable: []})
  expect(text).not.toContain('used: used')
  expect(text).toContain('  used at 2026-11-21T17:53:34.783Z')
  expect(text).toContain('  void: the request was changed after it was made')
})

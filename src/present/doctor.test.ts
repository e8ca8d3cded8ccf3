import {expect, test} from 'vitest'
import type {HealthCheck} from '../workspace/health.js'
import {presentDoctor} from './doctor.js'

const BLIND = 'not looked at: git has to be put right first'

test('checks that another one keeps from looking are named in one line below it', () => {
  const checks = [
    check('git-owner', 'fail', 'another user'),
    check('leaks', 'warn', BLIND),
    check('clock', 'warn', BLIND),
  ]
  const text = presentDoctor({grade: 'C', passed: 0, total: 3, checks}, {isGraded: false})
  expect(text.split('\n')).toEqual([
    'FAIL  It is so: git-owner',
    '      another user',
    '      It matters.',
    '      → git status',
    'warn  2 checks did not look: git has to be put right first',
    '      leaks, clock',
    '',
    '0 of 3 checks pass, 1 fail, 2 warn.',
  ])
})

function check(id: string, status: 'warn' | 'fail', detail: string): HealthCheck {
  const finding = {status, detail, fix: 'git status', fixable: false}
  return {...finding, id, title: `It is so: ${id}`, means: 'It matters.', findings: [finding]}
}

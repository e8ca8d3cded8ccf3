import {expect, test} from 'vitest'
import {parseHeartbeatArguments} from './heartbeat-arguments.js'

const nothing = {agents: [], all: false, force: false, dryRun: false, strict: false, json: false}

test('the door reads every flag that cron would use', () => {
  expect(parseHeartbeatArguments([])).toEqual(nothing)
  expect(
    parseHeartbeatArguments(['donna', 'gene', '--json', '--dry-run', '--at=2026-03-01T10:00', '--concurrency', '4']),
  ).toEqual({
    ...nothing,
    agents: ['donna', 'gene'],
    json: true,
    dryRun: true,
    at: '2026-03-01T10:00',
    concurrency: 4,
  })
  expect(parseHeartbeatArguments(['--all', '--force', '--strict', '--home', '/fleet'])).toEqual({
    ...nothing,
    all: true,
    force: true,
    strict: true,
    home: '/fleet',
  })
})

test.each([['--help'], ['-h'], ['--wild'], ['--at'], ['--all=yes'], ['--concurrency', '0'], ['--concurrency', 'many']])(
  'what it does not know is left to oclif: %j',
  (...argv) => {
    expect(parseHeartbeatArguments(argv)).toBeNull()
  },
)

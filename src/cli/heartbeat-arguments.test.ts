import {expect, test} from 'vitest'
import {parseHeartbeatLine} from './heartbeat-arguments.js'

const nothing = {agents: [], all: false, force: false, dryRun: false, strict: false}

test('the door reads every flag that cron would use', () => {
  expect(parseHeartbeatLine([])).toEqual({request: nothing, json: false})
  expect(
    parseHeartbeatLine(['donna', 'gene', '--json', '--dry-run', '--at=2026-03-01T10:00', '--concurrency', '4']),
  ).toEqual({
    request: {...nothing, agents: ['donna', 'gene'], dryRun: true, at: '2026-03-01T10:00', concurrency: 4},
    json: true,
  })
  expect(parseHeartbeatLine(['--all', '--force', '--strict', '--home', '/fleet'])).toEqual({
    request: {...nothing, all: true, force: true, strict: true, home: '/fleet'},
    json: false,
  })
})

test.each([['--help'], ['-h'], ['--wild'], ['--at'], ['--all=yes'], ['--concurrency', '0'], ['--concurrency', 'many']])(
  'what it does not know is left to oclif: %j',
  (...argv) => {
    expect(parseHeartbeatLine(argv)).toBeNull()
  },
)

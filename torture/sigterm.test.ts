import {expect, inject, test} from 'vitest'
import {torture} from './sigterm.js'

test.each(['heartbeat slow server', 'run hanging server', 'heartbeat hanging engine'])(
  'a signal in the middle of a %s ends it in time, and the next turn goes on',
  async (command) => {
    expect(inject('buildFailure')).toBeNull()
    const report = await torture.run({rounds: 10, seed: 20261121, command})
    expect(report).toMatchObject({wrong: 0, examples: []})
    expect(report.counts['rounds']).toBeGreaterThan(0)
  },
)

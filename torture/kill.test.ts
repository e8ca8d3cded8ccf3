import {expect, inject} from 'vitest'
import {testNeeding} from '../testing/needs.js'
import {torture} from './kill.js'

const tryIt = testNeeding('strace')

// `npm run torture -- kill` has the other commands, and every system call.
for (const command of ['heartbeat', 'message send', 'undo']) {
  tryIt(`${command} can be killed in its middle, and the next run repairs it`, async () => {
    expect(inject('buildFailure')).toBeNull()
    const report = await torture.run({rounds: 3, seed: 20261121, command})
    expect(report).toMatchObject({wrong: 0, examples: []})
  })
}

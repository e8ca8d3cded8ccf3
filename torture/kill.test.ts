import {expect, inject} from 'vitest'
import {testNeeding} from '../testing/needs.js'
import {KILL_CASES} from './kill/cases.js'
import {torture} from './kill.js'

testNeeding('strace')(
  'every command that changes something can be killed in its middle, and the next run repairs it',
  async () => {
    expect(inject('buildFailure')).toBeNull()
    const report = await torture.run({rounds: KILL_CASES.length, seed: 20261121})
    expect(report).toMatchObject({wrong: 0, examples: []})
  },
  180_000,
)

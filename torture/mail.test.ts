import {expect, inject} from 'vitest'
import {DOVECOT, testNeeding} from '../testing/needs.js'
import {torture} from './mail.js'

// `npm run torture -- mail` has all that can go wrong, and a thousand mails.
testNeeding(...DOVECOT, 'strace')(
  'mail of five accounts is triaged once, told once and never sent, whatever is killed, cut or numbered anew',
  async () => {
    expect(inject('buildFailure')).toBeNull()
    const report = await torture.run({rounds: 40, seed: 20261121})
    expect(report).toMatchObject({wrong: 0, examples: []})
  },
)
